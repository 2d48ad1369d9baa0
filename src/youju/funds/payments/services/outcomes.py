"""What the money brought: evidence handed in by who asked for the payment, accepted by the performance officer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import events, permissions
from youju.funds.payments.models import Payment
from youju.funds.payments.services.holding import held_payment, saved, subject_of
from youju.funds.payments.services.requesting import Evidence
from youju.rules.funds.payments.lifecycle import PAID

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ROLE = "outcome"
_LONGEST = 400


@transaction.atomic
def submit_outcome(
    *, actor: User, number: str, note: str, evidence: Evidence, revision: int | None = None
) -> Payment:
    """Hand in what a paid payment brought, with files.

    Raises:
        PermissionDenied: the actor may not request payments.
        InputError: no such payment (404), it is not paid or its outcome is accepted (409), no file or no words (422).
    """
    require(actor, permissions.REQUEST)
    row = held_payment(number, revision)
    if row.state != PAID or row.outcome == Payment.Outcome.ACCEPTED:
        raise InputError("已付而没有认定过的付款才提交成果", where=row.number, how="请刷新页面", status=409)
    note = _worded(note)
    if not evidence:
        raise InputError("支出成果要附文件", where="文件", how="请附验收单、照片、名册等")
    for place, each in enumerate(evidence, start=1):
        sha256, name = (each, f"成果{place}") if isinstance(each, str) else each
        attach(sha256=sha256, subject=subject_of(row), name=name, role=ROLE)
    row.outcome, row.outcome_note, row.outcome_at = Payment.Outcome.SUBMITTED, note, timezone.now()
    row.outcome_by = [actor.username]
    saved(row, "outcome", "outcome_note", "outcome_at", "outcome_by")
    record(events.OUTCOME, subject_of(row), None, {"note": note})
    return row


@transaction.atomic
def decide_outcome(
    *, actor: User, number: str, accept: bool, reason: str = "", revision: int | None = None
) -> Payment:
    """Accept the evidence of a payment's outcome, or give it back with a reason.

    Raises:
        PermissionDenied: the actor may not accept outcomes, or handed this one in.
        InputError: no such payment (404), nothing waits (409), no reason to give it back (422).
    """
    require(actor, permissions.ACCEPT)
    row = held_payment(number, revision)
    if row.outcome != Payment.Outcome.SUBMITTED or row.state != PAID:
        raise InputError("没有待认定的成果", where=row.number, how="请刷新页面", status=409)
    if actor.username in row.outcome_by:
        raise InputError("成果不能由提交的人认定", where=row.number, how="请由他人认定", status=409)
    if accept:
        row.outcome, row.accepted_by, row.accepted_at = (
            Payment.Outcome.ACCEPTED,
            [actor.username],
            timezone.now(),
        )
        saved(row, "outcome", "accepted_by", "accepted_at")
        record(events.OUTCOME_ACCEPTED, subject_of(row), None, {"state": "已认定"}, reason=reason)
        return row
    reason = _worded(reason)
    row.outcome = Payment.Outcome.REFUSED
    saved(row, "outcome")
    record(events.OUTCOME_REFUSED, subject_of(row), None, {"state": "已退回"}, reason=reason)
    return row


def _worded(text: str) -> str:
    plain = text.replace("\0", "").strip()
    if not plain or len(plain) > _LONGEST:
        raise InputError(f"要写明情况，至多 {_LONGEST} 个字", where="说明", how="请写一两句话")
    return plain
