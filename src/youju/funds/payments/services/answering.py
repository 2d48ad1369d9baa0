"""The bank's word on one payment: booked, entered by hand, an odd one settled. Files of answers are read in ``reading``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.services import advance, follow
from youju.funds.payments import events, permissions
from youju.funds.payments.models import BankFile, BankReturn, Instruction, Payment, ReturnRow
from youju.funds.payments.services.holding import held_payment, saved, subject_of
from youju.funds.payments.services.listening import tell
from youju.rules.funds.payments.answers import APPLIED, SILENT, Answer, SentLine, Verdict, judge_answer
from youju.rules.funds.payments.lifecycle import FLOW, PAID, RETURNED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STEPS = {Verdict.PAID: "pay", Verdict.RETURNED: "send_back", Verdict.BOUNCED: "bounce"}


@transaction.atomic
def register_answer(
    *, actor: User, number: str, paid: bool, on: date, reason: str, revision: int | None = None
) -> Payment:
    """Book by hand what the bank said of a payment that was sent (or paid, where it came back), with where that is known from.

    Raises:
        PermissionDenied: the actor may not send, or approved it.
        InputError: no such payment (404), it is not at the bank or its file was not downloaded (409), no reason, a day to come
            (422).
    """
    require(actor, permissions.VIEW)
    row = held_payment(number, revision)
    line = (
        Instruction.objects.select_for_update(of=("self",))
        .select_related("file")
        .filter(payment=row, state__in=["open", "paid"])
        .first()
    )
    if line is None:
        raise InputError("这笔付款不在银行", where=row.number, how="请刷新页面", status=409)
    if on > timezone.localdate():
        raise InputError(f"银行日期 {on} 还没有到", where="银行日期", how="请按银行凭证填写")
    verdict = judge_answer(sent_line(line), Answer(paid, line.amount, on))
    if verdict not in APPLIED:
        raise InputError(
            "银行的结果登记不上", where=row.number, how="请核对日期；清单下载后才有结果", status=409
        )
    line.payment = row
    book(line, verdict, on, reason, actor=actor)
    mark_answered({line.file_id})
    return row


@transaction.atomic
def settle_row(*, actor: User, row_id: int, conclusion: str) -> ReturnRow:
    """Say what was found out about an odd answer; it is on the trail and changes no payment.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such answer (404), it is not odd or settled (409), no conclusion (422).
    """
    require(actor, permissions.SEND)
    row = ReturnRow.objects.select_for_update(of=("self",)).select_related("source").filter(pk=row_id).first()
    if row is None:
        raise InputError("没有这一行回单", how="请刷新页面", status=404)
    if row.verdict in APPLIED | SILENT or row.settled_at is not None:
        raise InputError("这一行不需要处理", where=row.reference, how="请刷新页面", status=409)
    conclusion = conclusion.replace("\0", "").strip()
    if not conclusion or len(conclusion) > 400:
        raise InputError("处理结论要写明，至多 400 字", where="处理结论", how="写明查到的情况和办法")
    row.settled_by, row.settled_at, row.conclusion = actor.username, timezone.now(), conclusion
    row.save(update_fields=["settled_by", "settled_at", "conclusion"])
    record(
        events.ROW_SETTLED,
        return_subject(row.source),
        None,
        {"line": row.line, "reference": row.reference, "verdict": row.verdict, "conclusion": conclusion},
    )
    return row


def return_subject(row: BankReturn) -> Subject:
    """How a reading of answers is named on the trail."""
    return Subject(events.RETURN_KIND, str(row.pk), row.name)


def sent_line(line: Instruction) -> SentLine:
    """A line of a bank file as the rules see it."""
    return SentLine(line.state, line.amount, line.answered_on, line.file.handed_at is not None)


def book(
    line: Instruction, verdict: Verdict, on: date, reason: str, *, source: str = "", actor: User | None = None
) -> None:
    """Book one answer: line, payment (its ledger with it), case, trail, listeners; all in the caller's transaction."""
    row, step = line.payment, _STEPS[verdict]
    if actor is not None:
        view = advance(flow=FLOW, subject=subject_of(row), transition=step, actor=actor, reason=reason)
    else:
        view = follow(flow=FLOW, subject=subject_of(row), transition=step, source=source, reason=reason)
    line.state, line.answered_on, line.reason = view.state, on, reason[:200] if view.state == RETURNED else ""
    line.save(update_fields=["state", "answered_on", "reason"])
    row.state = view.state
    row.paid_on = on if view.state == PAID else None
    row.return_reason = reason[:200] if view.state == RETURNED else ""
    if view.state == RETURNED:
        row.outcome, row.accepted_by, row.accepted_at = Payment.Outcome.NONE, [], None
    saved(row, "state", "paid_on", "return_reason", "outcome", "accepted_by", "accepted_at")
    verb = events.PAID if view.state == PAID else events.RETURNED
    record(verb, subject_of(row), None, {"reference": line.reference, "paid_on": on, "reason": reason})
    tell(row, view.state, on=on, reason=reason)


def mark_answered(files: Collection[int]) -> None:
    """Mark the files of which no line waits any more."""
    rows = (
        BankFile.objects.select_for_update().filter(pk__in=files, state=BankFile.State.HANDED).order_by("pk")
    )
    for row in rows:
        if not row.lines.filter(state=Instruction.State.OPEN).exists():
            row.state = BankFile.State.ANSWERED
            row.save(update_fields=["state"])
