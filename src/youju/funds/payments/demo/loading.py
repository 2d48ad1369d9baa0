"""Write the demo year of the funds once: sections, steps, adjustment, batches, payments with their cases, files and answers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import Sealer, seal
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, office_hour, working_day
from youju.funds.payments.demo import reading, walking
from youju.funds.payments.documents.bankfiles import Line, as_csv, as_xlsx
from youju.funds.payments.models import AuditFinding, BankFile, BankReturn, Instruction, Payment, ReturnRow
from youju.funds.payments.services.accounts import keep_account
from youju.funds.payments.services.holding import next_number
from youju.funds.projects import demo as projects
from youju.funds.projects.selectors import of_year
from youju.rules.funds.payments.lifecycle import APPROVED, KIND, PAID, RETURNED, SENT

_BANK = "示例银行白沟支行"
_SIGNED = {"reviewed": 1, "checked": 2, APPROVED: 3, SENT: 3, PAID: 3, RETURNED: 3}


@transaction.atomic
def load(today: date | None = None) -> bool:
    """Write it once; whether anything was written. The projects are there already (``projects.services.take_up_targets``)."""
    with reaching_all():
        known = {each.code: each.id for each in of_year(reading.YEAR)}
        if not known or Payment.objects.filter(is_demo=True).exists():
            return False
        projects.load(
            reading.YEAR, reading.projects(), [each.batch for each in reading.done()], _batch_days()
        )
        batches = projects.batch_ids(reading.YEAR)
        chance, sealer = Chance(reading.YEAR, "funds", 0), Sealer()
        made: list[tuple[Payment, Walk]] = [
            _paid(each, known[each.code], batches.get(each.batch), chance, sealer) for each in reading.done()
        ]
        now = timezone.localdate() if today is None else today
        made += [_waiting(each, known[each.code], now, chance, sealer) for each in reading.waiting()]
        Payment.objects.bulk_create([row for row, _ in made])
        _send([row for row, _ in made if row.state in {PAID, RETURNED}])
        write_cases(KIND, [(row.number, f"{row.number} {row.payee_name}", "", walk) for row, walk in made])
        _find()
    return True


def _paid(
    each: reading.Done, project: int, batch: int | None, chance: Chance, sealer: Sealer
) -> tuple[Payment, Walk]:
    at_bank = datetime.combine(each.paid_on, time(16, 30), CHINA)
    began = office_hour(working_day(each.paid_on - timedelta(days=16), 1), chance)
    walk = walking.walk_to("paid", began, chance, at_bank=at_bank)
    row = _row(each, project, PAID, walk, sealer)
    row.due_on, row.paid_on, row.batch_id = each.due_on, each.paid_on, batch
    row.tags = [each.tag] if each.tag else []
    row.outcome = each.outcome
    if each.outcome:
        row.outcome_by, row.outcome_at = [walking.ASKS[0]], at_bank + timedelta(days=5)
        row.outcome_note = "已按约定完成，附验收单。"
    if each.outcome == "accepted":
        row.accepted_by, row.accepted_at = ["demo-pfo"], at_bank + timedelta(days=8)
    return row, walk


def _waiting(
    each: reading.Waiting, project: int, today: date, chance: Chance, sealer: Sealer
) -> tuple[Payment, Walk]:
    began = office_hour(working_day(today - timedelta(days=each.days + 2), 1), chance)
    at_bank = (
        datetime.combine(today - timedelta(days=1), time(16, 30), CHINA) if each.state == RETURNED else None
    )
    walk = walking.walk_to(each.state, began, chance, at_bank=at_bank, note=each.note)
    row = _row(each, project, each.state, walk, sealer)
    row.due_on = today + timedelta(days=6)
    row.return_reason = each.note if each.state == RETURNED else ""
    return row, walk


def _row(
    each: reading.Done | reading.Waiting, project: int, state: str, walk: Walk, sealer: Sealer
) -> Payment:
    account = keep_account(reading.account_of(each.payee), sealer)
    asked = walk.steps[1].at
    signs = _SIGNED.get(state, 0)
    sent = next((step.at for step in walk.steps if step.transition == "send"), None)
    return Payment(
        number=next_number("payments_payment_number", "FK", f"{asked:%y%m%d}"),
        state=state,
        revision=len(walk.steps),
        project_id=project,
        amount=each.amount,
        purpose=each.purpose,
        payee_name=each.payee,
        account_sealed=account.sealed,
        account_fingerprint=account.fingerprint,
        account_masked=account.masked,
        bank=_BANK,
        requested_by=[walking.ASKS[0]],
        section_by=[walking.SECTION[0]] if signs > 0 else [],
        finance_by=[walking.FINANCE[0]] if signs > 1 else [],
        approved_by=[walking.HEAD[0]] if signs > 2 else [],
        requested_at=asked,
        approved_at=next((step.at for step in walk.steps if step.transition == "approve"), None),
        sent_at=sent,
        attempts=1 if sent else 0,
        is_demo=True,
    )


def _send(rows: Sequence[Payment]) -> None:
    """One file for the bank and one of its answers for each day on which it paid or returned."""
    days: dict[date, list[Payment]] = defaultdict(list)
    for row in rows:
        days[row.paid_on or timezone.localdate(row.sent_at)].append(row)
    for day, some in sorted(days.items()):
        lines = [
            Line(place, f"{row.number}-01", row.payee_name, reading.account_of(row.payee_name), row.bank, row.amount, row.purpose)
            for place, row in enumerate(some, start=1)
        ]  # fmt: skip
        _send_day(day, some, lines)


def _send_day(day: date, rows: Sequence[Payment], lines: Sequence[Line]) -> None:
    number = next_number("payments_bankfile_number", "YH", f"{day:%y%m%d}")
    total = sum((line.amount for line in lines), Decimal(0))
    csv, xlsx = as_csv(number, day, lines, total), as_xlsx(number, day, lines, total)
    moment = datetime.combine(day, time(11), CHINA)
    file = BankFile.objects.create(
        number=number, state="answered", count=len(lines), total=total, sealed_csv=seal(csv.hex()),
        sealed_xlsx=seal(xlsx.hex()), sha256_csv=hashlib.sha256(csv).hexdigest(),
        sha256_xlsx=hashlib.sha256(xlsx).hexdigest(), made_by=[walking.FINANCE[0]], made_at=moment, handed_at=moment,
    )  # fmt: skip
    answers = BankReturn.objects.create(
        sha256=hashlib.sha256(number.encode()).hexdigest(), name=f"回单{day:%Y%m%d}.csv", rows=len(rows), applied=len(rows),
        read_by=[walking.FINANCE[0]], read_at=moment + timedelta(hours=6),
    )  # fmt: skip
    said = Instruction.objects.bulk_create(
        Instruction(
            payment=row, file=file, line=line.line, reference=line.reference, amount=row.amount, payee_name=row.payee_name,
            account_sealed=row.account_sealed, account_masked=row.account_masked, bank=row.bank, state=row.state,
            answered_on=day, reason=row.return_reason,
        )
        for row, line in zip(rows, lines, strict=True)
    )  # fmt: skip
    ReturnRow.objects.bulk_create(
        ReturnRow(
            source=answers, line=line.line + 1, reference=line.reference, amount=line.amount, paid=line.state == PAID,
            value_date=day, reason=line.reason, verdict=line.state, instruction=line,
        )
        for line in said
    )  # fmt: skip


def _batch_days() -> dict[str, date]:
    found: dict[str, date] = {}
    for each in reading.done():
        if each.batch:
            found[each.batch] = max(each.paid_on, found.get(each.batch, each.paid_on))
    return found


def _find() -> None:
    """The one audit finding of the demo."""
    told = reading.projects()["finding"]
    rows = Payment.objects.filter(project__code=told["code"], purpose=told["purpose"], is_demo=True)
    AuditFinding.objects.bulk_create(
        AuditFinding(payment=row, key=told["key"], note=told["note"], noted_by="demo-aud") for row in rows[:1]
    )
