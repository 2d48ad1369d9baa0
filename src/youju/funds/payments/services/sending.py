"""Files for the bank: made once with their rows, handed out as they were made, voided only while nobody has them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal, unseal
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance_many
from youju.funds.payments import events, permissions
from youju.funds.payments.documents.bankfiles import Line, as_csv, as_xlsx
from youju.funds.payments.models import BankFile, Instruction, Payment
from youju.funds.payments.services.holding import in_words, next_number, subject_of
from youju.funds.payments.services.judging import refuse_held
from youju.funds.payments.services.listening import tell
from youju.funds.projects.services import lock_ledgers
from youju.rules.funds.payments.lifecycle import APPROVED, FLOW, SENT
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def make_bank_file(*, actor: User, numbers: Sequence[str]) -> BankFile:
    """Put approved payments into one file for the bank; they are sent from then on, each under a reference of its own.

    Making it and moving the payments is one transaction, and the file is kept as it was made: whatever breaks afterwards,
    the same file is downloaded again, and no other one with these payments can exist.

    Args:
        actor: who sends.
        numbers: of the payments, in the order of the file.

    Raises:
        PermissionDenied: the actor may not send, or approved one of them.
        InputError: none are named, too many, one is unknown (404) or not approved (409).
    """
    require(actor, permissions.SEND)
    wanted = list(dict.fromkeys(number.replace("\0", "").strip() for number in numbers))
    most = whole(law_on(timezone.localdate()), "funds.payments.file_most")
    if not wanted or len(wanted) > most:
        told = "没有选付款" if not wanted else f"选了 {len(wanted)} 笔，一份清单至多 {most} 笔"
        raise InputError(told, how="请勾选待送银行的付款，分几份制作")
    rows = _held(wanted)
    refuse_held(rows)
    now = timezone.now()
    stamp = f"{timezone.localtime(now):%y%m%d}"
    lines = []
    for place, row in enumerate(rows, start=1):
        row.attempts += 1
        lines.append(
            Line(
                line=place,
                reference=f"{row.number}-{row.attempts:02d}",
                payee=row.payee_name,
                account=unseal(row.account_sealed),
                bank=row.bank,
                amount=row.amount,
                purpose=row.purpose,
            )
        )
    number = next_number("payments_bankfile_number", "YH", stamp)
    total = sum((line.amount for line in lines), Decimal(0))
    csv = as_csv(number, timezone.localdate(now), lines, total)
    xlsx = as_xlsx(number, timezone.localdate(now), lines, total)
    made = BankFile.objects.create(
        number=number,
        count=len(lines),
        total=total,
        sealed_csv=seal(csv.hex()),
        sealed_xlsx=seal(xlsx.hex()),
        sha256_csv=hashlib.sha256(csv).hexdigest(),
        sha256_xlsx=hashlib.sha256(xlsx).hexdigest(),
        made_by=[actor.username],
        made_at=now,
    )
    advance_many(flow=FLOW, subjects=[subject_of(row) for row in rows], transition="send", actor=actor)
    with in_words(number), transaction.atomic():
        Instruction.objects.bulk_create(
            Instruction(
                payment=row,
                file=made,
                line=line.line,
                reference=line.reference,
                amount=line.amount,
                payee_name=line.payee,
                account_sealed=row.account_sealed,
                account_masked=row.account_masked,
                bank=line.bank,
            )
            for row, line in zip(rows, lines, strict=True)
        )
        for row in rows:
            row.state, row.sent_at = SENT, now
            row.revision += 1
        Payment.objects.bulk_update(rows, ["state", "sent_at", "attempts", "revision"])
    record(
        events.FILE_MADE,
        file_subject(made),
        None,
        {"count": made.count, "total": made.total, "sha256": made.sha256_csv},
    )
    for row in rows:
        tell(row, "sent")
    return made


@transaction.atomic
def hand_out(*, actor: User, number: str, format: str) -> tuple[str, bytes]:
    """The file's name and content, as it was made; the first download binds it for good.

    Raises:
        PermissionDenied: the actor may not send.
        InputError: no such file (404), voided (409), no such format (400), or its content does not fit its checksum (500).
    """
    require(actor, permissions.SEND)
    row = held_file(number)
    if row.state == BankFile.State.VOIDED:
        raise InputError("这份清单已作废", where=row.number, how="请下载新的清单", status=409)
    if format not in {"csv", "xlsx"}:
        raise InputError(f"没有 {format[:10]} 格式", how="可选 csv、xlsx", status=400)
    sealed, expected = (
        (row.sealed_csv, row.sha256_csv) if format == "csv" else (row.sealed_xlsx, row.sha256_xlsx)
    )
    content = bytes.fromhex(unseal(sealed))
    if hashlib.sha256(content).hexdigest() != expected:
        raise InputError(
            "清单与当时的校验值不符", where=row.number, how="请勿使用，联系系统管理员", status=500
        )
    if row.handed_at is None:
        row.handed_at, row.state = timezone.now(), BankFile.State.HANDED
        row.save(update_fields=["handed_at", "state"])
    record(
        events.FILE_HANDED, file_subject(row), None, {"file": f"{row.number}.{format}", "sha256": expected}
    )
    return f"银行付款清单{row.number}.{format}", content


@transaction.atomic
def void_file(*, actor: User, number: str, reason: str) -> BankFile:
    """Take back a file that was never downloaded; its payments wait to be sent again.

    Raises:
        PermissionDenied: the actor may not send.
        InputError: no such file (404), it was downloaded or voided (409), no reason (422).
    """
    require(actor, permissions.SEND)
    if not reason.strip():
        raise InputError("须写明理由", where="理由", how="请写一句话")
    # Ledgers and payments first, as everywhere; whoever downloads meanwhile is met at the file's own row.
    named = BankFile.objects.filter(number=number.replace("\0", "").strip(), state=BankFile.State.MADE)
    payments = _held(list(named.values_list("lines__payment__number", flat=True)), SENT) if named else []
    row = held_file(number)
    if row.state != BankFile.State.MADE:
        raise InputError(
            "下载过的清单可能已交给银行，不能作废", where=row.number, how="请等银行回单", status=409
        )
    subjects = [subject_of(each) for each in payments]
    advance_many(flow=FLOW, subjects=subjects, transition="recall", actor=actor, reason=reason)
    row.lines.update(state=Instruction.State.RECALLED)
    for each in payments:
        each.state, each.sent_at = APPROVED, None
        each.revision += 1
    Payment.objects.bulk_update(payments, ["state", "sent_at", "revision"])
    row.state = BankFile.State.VOIDED
    row.save(update_fields=["state"])
    record(events.FILE_VOIDED, file_subject(row), {"state": "待下载"}, {"state": "已作废"}, reason=reason)
    return row


def held_file(number: str) -> BankFile:
    """A bank file, held until the transaction ends.

    Raises:
        InputError: there is none (404).
    """
    row = BankFile.objects.select_for_update().filter(number=number.replace("\0", "").strip()).first()
    if row is None:
        raise InputError("没有这份银行付款清单", how="请回到清单列表", status=404)
    return row


def file_subject(row: BankFile) -> Subject:
    """How a bank file is named on the trail."""
    return Subject(events.FILE_KIND, row.number, row.number)


def _held(numbers: Sequence[str], state: str = APPROVED) -> list[Payment]:
    """Payments in the order given, their ledgers first, then they, all held."""
    projects = Payment.objects.filter(number__in=numbers).values_list("project_id", flat=True)
    lock_ledgers(projects)
    found = {
        row.number: row
        for row in Payment.objects.select_for_update().filter(number__in=numbers).order_by("pk")
    }
    for number in numbers:
        if number not in found:
            raise InputError(f"没有付款“{number[:40]}”", how="请核对付款编号", status=404)
        if found[number].state != state:
            label = FLOW.state(found[number].state).label
            raise InputError(
                f"它现在是“{label}”，不能送银行", where=number, how="请刷新页面，重新勾选", status=409
            )
    return [found[number] for number in numbers]
