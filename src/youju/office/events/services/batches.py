"""Events and lists of attendance from a spreadsheet: written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance_many
from youju.office.events import events, permissions
from youju.office.events.models import Attendance, Event, Session
from youju.office.events.services.planning import EventWish, row_of, write_events
from youju.rules.office.events.lifecycle import EVENT_FLOW, OPEN, PLANNED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Somebody on the list of a session."""

    session: int
    firm: str
    person: str
    present: bool


@transaction.atomic
def store_events(*, actor: User, batch: str, wishes: Sequence[EventWish]) -> int:
    """Write events that a sheet's checks let through; how many.

    Raises:
        PermissionDenied: the actor imports no events.
        InputError: a row cannot be written; then none is.
    """
    require(actor, permissions.IMPORT)
    rows = [row_of(actor, wish, batch) for wish in wishes]
    write_events(actor, rows)
    return len(rows)


@transaction.atomic
def remove_events(*, actor: User, batch: str) -> int:
    """Take a batch's events away; how many. Who may is asked by the imports room.

    Raises:
        InputError: one of them was published or has something on it (409); then all of them stay.
    """
    rows = list(Event.objects.select_for_update().filter(batch=batch).order_by("pk"))
    used = Event.objects.filter(pk__in=[row.pk for row in rows]).filter(
        ~Q(state=PLANNED)
        | Q(revision__gt=0)
        | Q(costs__isnull=False)
        | Q(sessions__isnull=False)
        | Q(prospects__isnull=False)
        | Q(applications__isnull=False)
    )
    if found := used.first():
        raise InputError(
            "这一批的活动已经有人用到", where=found.number, how="请逐个取消不要的活动", status=409
        )
    subjects = [events.subject_of(row) for row in rows]
    advance_many(flow=EVENT_FLOW, subjects=subjects, transition="cancel", actor=actor, reason="撤销导入批次")
    Event.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(events.REMOVED, [(each, {"batch": batch}, None) for each in subjects])
    return len(rows)


@transaction.atomic
def store_attendance(*, actor: User, batch: str, rows: Sequence[AttendanceRow]) -> int:
    """Write a list of attendance that a sheet's checks let through; who is on it already is marked. How many rows are new.

    Raises:
        PermissionDenied: the actor imports no events.
        InputError: the event of a session is reported or over (409).
    """
    require(actor, permissions.IMPORT)
    ids = {row.session for row in rows}
    sessions = {row.pk: row for row in Session.objects.select_related("event").filter(pk__in=ids)}
    for session in sessions.values():
        if session.event.state not in OPEN:
            raise InputError(f"{session.event.number} 已经提交结果或结束", how="不能再导入签到", status=409)
    now = timezone.now()
    there = {
        (row.session_id, row.firm, row.person): row
        for row in Attendance.objects.select_for_update().filter(session__in=ids)
    }
    fresh = []
    for given in rows:
        had = there.get((given.session, given.firm, given.person))
        if had is None:
            fresh.append(
                Attendance(
                    session=sessions[given.session],
                    firm=given.firm,
                    person=given.person,
                    present=given.present,
                    came_at=now if given.present else None,
                    source="import",
                    batch=batch,
                )
            )
        elif given.present and not had.present:
            had.present, had.came_at = True, now
            had.save(update_fields=["present", "came_at"])
    Attendance.objects.bulk_create(fresh, batch_size=2_000)
    counts = {pk: sum(row.session == pk for row in rows) for pk in sessions}
    record_many(
        events.LISTED,
        [
            (events.session_subject(session), None, {"count": counts[pk], "batch": batch})
            for pk, session in sessions.items()
        ],
    )
    return len(fresh)


@transaction.atomic
def remove_attendance(*, batch: str) -> int:
    """Take a batch's rows off the lists again; how many. What it only marked stays marked.

    Raises:
        InputError: the result of an event was reported meanwhile (409).
    """
    rows = Attendance.objects.filter(batch=batch)
    sessions = list(Session.objects.select_related("event").filter(pk__in=rows.values("session")))
    for session in sessions:
        if session.event.state not in OPEN:
            raise InputError(
                f"{session.event.number} 已经提交结果", where=session.title, how="请先撤回结果", status=409
            )
    count, _ = rows.delete()
    record_many(
        events.UNLISTED, [(events.session_subject(each), {"batch": batch}, None) for each in sessions]
    )
    return count
