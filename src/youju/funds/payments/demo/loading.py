"""Write the demo year of the funds once: sections, steps, adjustment, batches, payments with their cases, files and answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import Sealer
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, office_hour, working_day
from youju.funds.payments.demo import reading, walking
from youju.funds.payments.demo.answering import write_answers
from youju.funds.payments.models import Payment
from youju.funds.payments.services.accounts import keep_account
from youju.funds.payments.services.holding import next_number
from youju.funds.projects import demo as projects
from youju.funds.projects.selectors import of_year
from youju.rules.funds.payments.lifecycle import KIND, PAID, RETURNED

_BANK = "示例银行白沟支行"


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
        answered = [row for row, _ in made if row.state in {PAID, RETURNED}]
        write_answers(answered, {row.number: reading.account_of(row.payee_name) for row in answered})
        write_cases(KIND, [(row.number, f"{row.number} {row.payee_name}", "", walk) for row, walk in made])
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
    return Payment(
        number=next_number("payments_payment_number", "FK", f"{walk.steps[1].at:%y%m%d}"),
        state=state,
        project_id=project,
        amount=each.amount,
        purpose=each.purpose,
        payee_name=each.payee,
        account_sealed=account.sealed,
        account_fingerprint=account.fingerprint,
        account_masked=account.masked,
        bank=_BANK,
        **walking.hands(walk),
        is_demo=True,
    )


def _batch_days() -> dict[str, date]:
    found: dict[str, date] = {}
    for each in reading.done():
        if each.batch:
            found[each.batch] = max(each.paid_on, found.get(each.batch, each.paid_on))
    return found
