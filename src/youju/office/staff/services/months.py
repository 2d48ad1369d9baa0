"""A month under lock, in its flow."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance, begin
from youju.office.staff import events
from youju.office.staff.models import StaffMonth
from youju.rules.office.staff.lifecycle import CLOSED, MONTH_FLOW
from youju.rules.office.staff.months import named

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def locked_month(month: date) -> StaffMonth:
    """The month under lock; made, and put at the beginning of its flow, where it is not there."""
    StaffMonth.objects.get_or_create(month=month)
    row = StaffMonth.objects.select_for_update().get(month=month)
    begin(flow=MONTH_FLOW, subject=events.month_subject(month))
    return row


def still_open(row: StaffMonth) -> None:
    """Stop what would change a closed month.

    Raises:
        InputError: it is closed (409).
    """
    if row.state == CLOSED:
        raise InputError(
            f"{named(row.month)} 的月表已经关闭", how="请先写明理由重新开放，再导入或更正", status=409
        )


def moved(row: StaffMonth, step: str, actor: User, *, reason: str = "", expected: str = "") -> None:
    """Take a step with the month and keep its state in the row, unsaved.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: the step does not lead on from here (409), or a reason is missing.
    """
    case = advance(
        flow=MONTH_FLOW,
        subject=events.month_subject(row.month),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state = case.state
