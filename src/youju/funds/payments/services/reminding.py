"""The nightly round: reminders come into the to-do list, and go when what they remind of is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import CaseView, case, open_keys
from youju.foundation.workflow.services import advance, begin, lapse
from youju.funds.payments import permissions
from youju.funds.payments.selectors.reminders import reminders
from youju.rules.funds.payments.lifecycle import REMINDER_FLOW, REMINDER_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def remind(*, today: date) -> tuple[int, int]:
    """Remind of what is to be reminded of today: (new ones, settled ones). A thing is reminded of once."""
    wanted = {each.key: each for each in reminders(today)}
    begun = 0
    for each in wanted.values():
        subject = Subject(REMINDER_KIND, each.key, each.label[:200])
        begun += begin(flow=REMINDER_FLOW, subject=subject, due=each.due_on) is not None
    settled: Sequence[str] = [key for key in open_keys(REMINDER_KIND) if key not in wanted]
    for key in settled:
        lapse(flow=REMINDER_FLOW, subject=Subject(REMINDER_KIND, key), transition="lapse")
    return begun, len(settled)


@transaction.atomic
def handle_reminder(*, actor: User, key: str, reason: str, expected: str = "") -> CaseView:
    """Settle a reminder by hand, saying what was done.

    Raises:
        PermissionDenied: the actor may not.
        InputError: there is none (404), it is settled (409), no reason (422).
    """
    require(actor, permissions.VIEW)
    found = case(Subject(REMINDER_KIND, key))
    if found is None:
        raise InputError("没有这条提醒", how="请回到待办", status=404)
    return advance(
        flow=REMINDER_FLOW,
        subject=found.subject,
        transition="handle",
        actor=actor,
        reason=reason,
        expected=expected,
    )
