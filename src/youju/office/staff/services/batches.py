"""Months from a spreadsheet: a file is the whole of each month that it names. Written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import lapse
from youju.office.staff import events, permissions
from youju.office.staff.models import StaffLine, StaffMonth
from youju.office.staff.services.months import locked_month, moved, still_open
from youju.office.staff.wishes import COLUMNS, LineWish
from youju.rules.office.staff.lifecycle import AWAITED, IMPORTED, MONTH_FLOW
from youju.rules.office.staff.months import named

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_CHUNK = 1_000


@transaction.atomic
def store_batch(*, actor: User, batch: str, wishes: Sequence[LineWish]) -> dict[str, int]:
    """Write the months of a sheet that its checks let through: how many lines are new, corrected, unchanged, left out.

    Raises:
        PermissionDenied: the actor imports no staff.
        InputError: one of the months is closed (409).
    """
    require(actor, permissions.IMPORT)
    counts = {"months": 0, "new": 0, "changed": 0, "unchanged": 0, "gone": 0}
    for month in sorted({wish.month for wish in wishes}):
        sheet = locked_month(month)
        still_open(sheet)
        made = _replace(sheet, [wish for wish in wishes if wish.month == month], actor, batch)
        moved(sheet, "import", actor)
        sheet.imported_by, sheet.imported_at, sheet.batch = actor.username, timezone.now(), batch
        sheet.save()
        record(events.IMPORTED, events.month_subject(month), None, made | {"batch": batch})
        counts["months"] += 1
        for name, count in made.items():
            counts[name] += count
    return counts


def _replace(sheet: StaffMonth, wishes: Sequence[LineWish], actor: User, batch: str) -> dict[str, int]:
    now = {row.person: row for row in sheet.lines.select_for_update().filter(current=True)}
    last = dict(sheet.lines.order_by().values_list("person").annotate(Max("version")))
    changed = {wish.person for wish in wishes if wish.person in now and told(now[wish.person]) != told(wish)}
    gone = set(now) - {wish.person for wish in wishes}
    ended = [now[person].pk for person in sorted(changed | gone)]
    StaffLine.objects.filter(pk__in=ended).update(current=False, ended_batch=batch)
    rows = [
        StaffLine(
            sheet=sheet,
            **{name: getattr(wish, name) for name in COLUMNS},
            version=last.get(wish.person, 0) + 1,
            reason="重新导入" if wish.person in changed else "",
            batch=batch,
            created_by=actor.username,
        )
        for wish in wishes
        if wish.person in changed or wish.person not in now
    ]
    made = StaffLine.objects.bulk_create(rows, batch_size=_CHUNK)
    _note(made, now, changed)
    _left_out([now[person] for person in sorted(gone)])
    new = len(made) - len(changed)
    return {
        "new": new,
        "changed": len(changed),
        "unchanged": len(wishes) - len(made),
        "gone": len(gone),
    }


def _note(made: Iterable[StaffLine], now: dict[str, StaffLine], changed: set[str]) -> None:
    new = [(events.line_subject(row), None, told(row)) for row in made if row.person not in changed]
    if new:
        record_many(events.LINE_STORED, new)
    again = [
        (events.line_subject(row), told(now[row.person]), told(row) | {"version": row.version})
        for row in made
        if row.person in changed
    ]
    if again:
        record_many(events.CORRECTED, again, reason="重新导入")


def _left_out(rows: Sequence[StaffLine]) -> None:
    if rows:
        record_many(events.LEFT_OUT, [(events.line_subject(row), told(row), None) for row in rows])


@transaction.atomic
def remove_batch(*, batch: str) -> int:
    """Take a batch's months away and put back what it stood for; how many lines go. Who may is asked by the imports room.

    Nothing is deleted: the versions of the batch stay, without being current.

    Raises:
        InputError: a month of it is closed, or was corrected or imported anew since (409); then all of them stay.
    """
    months = months_of(batch)
    touched = set(StaffLine.objects.filter(batch=batch).order_by().values_list("month", flat=True).distinct())
    if not months or touched - set(months):
        raise InputError("这一批的月份后来又重新导入过", how="请撤销最近的那一批，或重新导入", status=409)
    return sum(_take_back(month, batch) for month in months)


def _take_back(month: date, batch: str) -> int:
    sheet = locked_month(month)
    still_open(sheet)
    if sheet.state != IMPORTED or sheet.lines.filter(batch=batch, current=False).exists():
        raise InputError(f"{named(month)} 的月表后来又更正过", how="请用更正或重新导入改正", status=409)
    count = sheet.lines.filter(batch=batch, current=True).update(current=False, ended_batch=batch)
    sheet.lines.filter(ended_batch=batch).exclude(batch=batch).update(current=True, ended_batch="")
    latest = sheet.lines.filter(current=True).order_by("-pk").first()
    sheet.batch = latest.batch if latest else ""
    if latest is None:
        subject = events.month_subject(month)
        lapse(flow=MONTH_FLOW, subject=subject, transition="take_back", reason="撤销导入")
        sheet.state, sheet.imported_by, sheet.imported_at = AWAITED, "", None
    sheet.save()
    record(events.REMOVED, events.month_subject(month), {"batch": batch}, None)
    return count


def months_of(batch: str) -> list[date]:
    """The months whose last import a batch is. One query."""
    return list(StaffMonth.objects.filter(batch=batch).order_by("month").values_list("month", flat=True))


def told(row: StaffLine | LineWish) -> dict[str, Any]:
    """A person's month for the trail, and to tell a changed one from one that is as it was."""
    return {name: value for name in COLUMNS if (value := getattr(row, name)) not in ("", None)}
