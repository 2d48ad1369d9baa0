"""A month closed by another person than who imported it, and opened again with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.staff import permissions
from youju.office.staff.models import StaffMonth
from youju.office.staff.selectors.lists import month_of
from youju.office.staff.services.months import moved

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_BY_HAND = ("close", "reopen", "keep")


@transaction.atomic
def take_month_step(
    *, actor: User, month: date, step: str, reason: str = "", expected: str = ""
) -> StaffMonth:
    """Take one step with a month.

    Args:
        actor: who takes it.
        month: its first day.
        step: ``close``, ``reopen`` or ``keep`` (nothing was to be changed after all).
        reason: where the step needs one.
        expected: the state that the actor saw.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
    """
    require(actor, permissions.VIEW)
    if step not in _BY_HAND:
        raise InputError("没有这个步骤", how="请刷新页面后重试")
    seen = month_of(actor, month)
    row = StaffMonth.objects.select_for_update().get(pk=seen.pk)
    if step == "close" and row.imported_by == actor.username:
        raise InputError("这个月是您导入的，不能由您关闭", how="请由其他人核对后关闭", status=409)
    moved(row, step, actor, reason=reason, expected=expected)
    if step == "close":
        row.closed_by, row.closed_name = actor.username, actor.display_name
        row.closed_on = timezone.localdate()
    elif step == "reopen":
        row.closed_by, row.closed_name, row.closed_on = "", "", None
        row.reopened += 1
    row.save()
    return row
