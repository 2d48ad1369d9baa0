"""The year's work plan from a spreadsheet: written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance_many
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Plan, Task
from youju.office.tasks.services.planning import TaskWish, days_of, plan_of, write_tasks
from youju.rules.office.tasks.kinds import Every
from youju.rules.office.tasks.lifecycle import PLANNED, TASK_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of the sheet: its number there, and the task that it asks for."""

    number: int
    wish: TaskWish


@transaction.atomic
def store_batch(*, actor: User, batch: str, rows: Sequence[PlanRow]) -> int:
    """Write all tasks of a sheet; how many.

    Raises:
        PermissionDenied: the actor imports no plans.
        InputError: a row cannot be written; then none is.
    """
    require(actor, permissions.IMPORT)
    repeating = [row.wish for row in rows if row.wish.repeat.every is not Every.ONCE]
    plans = iter(Plan.objects.bulk_create(plan_of(actor, wish) for wish in repeating))
    wishes = [
        (row.wish, days_of(row.wish), None if row.wish.repeat.every is Every.ONCE else next(plans))
        for row in rows
    ]
    return len(write_tasks(actor=actor, wishes=wishes, batch=batch))


@transaction.atomic
def remove_batch(*, actor: User, batch: str) -> int:
    """Take back what a batch wrote; how many tasks. Who may take imports back is asked by the imports room.

    Raises:
        InputError: somebody has begun one of them (409); then all of them stay.
    """
    rows = list(Task.objects.select_for_update().filter(batch=batch).order_by("pk"))
    for row in rows:
        if row.state != PLANNED:
            raise InputError(
                "这一批的任务已经有人办理", where=row.number, how="请逐件取消不要的任务", status=409
            )
    subjects = [events.subject_of(row) for row in rows]
    advance_many(flow=TASK_FLOW, subjects=subjects, transition="cancel", actor=actor, reason="撤销导入批次")
    plans = {row.plan_id for row in rows if row.plan_id}
    Task.objects.filter(pk__in=[row.pk for row in rows]).delete()
    Plan.objects.filter(pk__in=plans).delete()
    record_many(events.REMOVED, [(each, {"batch": batch}, None) for each in subjects])
    return len(rows)
