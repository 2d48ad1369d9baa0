"""What customs did, typed by supervising staff where no reply comes: the same steps, the same rules, with their name on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.rules.trade.declarations.lifecycle import ACCEPTED, DECLARATION_FLOW, INSPECTION, RELEASED
from youju.rules.trade.declarations.replies import entry_fault
from youju.trade.declarations import events_exchange as events
from youju.trade.declarations import permissions
from youju.trade.declarations.models import Declaration
from youju.trade.declarations.services.changing import entered
from youju.trade.declarations.services.held import held, refuse_taken, saved, subject_of
from youju.trade.declarations.services.listening import tell_released
from youju.trade.declarations.services.replying import apply_kept

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STEPS = ("accept", "reject", "inspect", "release", "export")
"""The steps of customs, by the codes of the flow."""


@transaction.atomic
def record_customs(
    *,
    actor: User,
    key: str,
    step: str,
    entry_number: str = "",
    reason: str = "",
    at: datetime | None = None,
    expected: int | None = None,
) -> Declaration:
    """Register what customs did with a declaration.

    Args:
        actor: who registers; holds the permission to supervise.
        key: number and version.
        step: one of ``STEPS``.
        entry_number: customs' number, 18 digits; required when it was accepted.
        reason: customs' reason; required when it was rejected.
        at: when customs did it; now where it is not known or lies in the future.
        expected: the revision that the actor saw.

    Raises:
        InputError: no such declaration or step (404), not from this state or changed meanwhile (409), a number or a reason is
            missing or wrong (422), the number belongs to another declaration (409).
        PermissionDenied: the actor may not supervise.
    """
    require(actor, permissions.SUPERVISE)
    if step not in STEPS:
        raise InputError(f"没有“{step[:20]}”这一步", how=f"可选 {'、'.join(STEPS)}", status=404)
    row = held(key, expected)
    number = entry_number.strip()
    if step == "accept" and (fault := entry_fault(number)):
        raise InputError(fault, where="报关单号", how="请照海关的回执填写")
    view = advance(
        flow=DECLARATION_FLOW, subject=subject_of(row), transition=step, actor=actor, reason=reason
    )
    entered(row, view.state, at=at, entry_number=number if step == "accept" else "", rejection=reason.strip())
    apply_kept(row)
    return row


@transaction.atomic
def correct_entry_number(
    *, actor: User, key: str, entry_number: str, reason: str, expected: int | None = None
) -> Declaration:
    """Correct a customs number that was typed wrongly.

    Raises:
        InputError: no such declaration (404), none was accepted yet (409), the number is wrong or no reason is given (422), or it
            belongs to another declaration (409).
        PermissionDenied: the actor may not supervise.
    """
    require(actor, permissions.SUPERVISE)
    row, number, said = held(key, expected), entry_number.strip(), reason.strip()
    if row.state not in (ACCEPTED, INSPECTION, RELEASED):
        raise InputError("只有已受理、还没有结关的才能更正报关单号", where=key, how="请刷新页面", status=409)
    if fault := entry_fault(number):
        raise InputError(fault, where="报关单号", how="请照海关的回执填写")
    if not said:
        raise InputError("更正报关单号须写明理由", where="理由", how="请写一句话")
    if number == row.entry_number:
        return row
    refuse_taken(row, number)
    record(
        events.RENUMBERED,
        subject_of(row),
        {"entry_number": row.entry_number},
        {"entry_number": number},
        reason=said,
    )
    saved(row, entry_number=number)
    if row.state == RELEASED:
        tell_released(row.pk)
    return row
