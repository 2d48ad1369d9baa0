"""Whether the lake says of given months what the records say, by its marks: for who shows figures of either."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from youju.analytics.lake.errors import LakeError
from youju.analytics.lake.manifest import NAME, month_of, read
from youju.analytics.lake.shapes import shape_of
from youju.analytics.tables import AnalyticTable, analytic_tables
from youju.foundation.metrics.choosing import reaches_all
from youju.foundation.metrics.lake_source import WHERE
from youju.foundation.metrics.selectors.lake import folder
from youju.foundation.metrics.sources import select_of

if TYPE_CHECKING:
    from youju.analytics.lake.reading import Snapshot

MOST_KEYS, NAMED = 20_000, 200
"""Records waiting of which the months are looked up; with more of them every month counts as behind. More than
:data:`NAMED` are looked up in the lake by the stretch of their keys, which may name a month too many and never one too few."""
# What of the log the lake has not read, whether it is of this database, and whether its last check was clean.
_STATE = f"""
SELECT w.*, coalesce((SELECT mark FROM metrics_lake WHERE pilot = %(pilot)s), 0),
       coalesce((SELECT differences <> '[]'::jsonb FROM metrics_lake WHERE pilot = %(pilot)s), false),
       ARRAY(SELECT DISTINCT key FROM metrics_change WHERE source = %(source)s AND transaction >= %(mark)s
             AND NOT pg_visible_in_snapshot(transaction::text::xid8, %(snapshot)s::pg_snapshot) LIMIT %(most)s)
FROM ({WHERE}) AS w
"""  # noqa: S608 - ours


@dataclass(frozen=True, slots=True)
class Fresh:
    """A state of the lake beside the records.

    Args:
        state: its files.
        behind: how many records changed that it has not read; at most one more than :data:`MOST_KEYS`.
        months: the months (``2023-06``) that these records stand in, there or here; None where nobody looked.
    """

    state: Snapshot
    behind: int
    months: frozenset[str] | None

    @property
    def as_of(self) -> datetime:
        """When its rows were read."""
        return self.state.as_of

    def says_now(self, months: Iterable[date]) -> bool:
        """Whether it says of these months what the records say now."""
        return self.months is not None and not self.months & {month_of(month) for month in months}

    def rows(self, table: str, months: Iterable[date]) -> int:
        """How many rows of a table it has of these months."""
        held = self.state.manifest.tables.get(table, {})
        return sum(piece.rows for month in months for piece in held.get(month_of(month), ()))


def fresh_lake(table: AnalyticTable) -> Fresh | None:
    """The lake, for who may be answered from it. Two statements at most, beside a look at files.

    None where it may not be asked: whoever acts does not reach every row; there is none, its manifest is damaged, it is of
    another database or of older columns, the log does not reach back to its mark, or its last check found differences.
    """
    if not reaches_all():
        return None
    state = _newest()
    if state is None:
        return None
    manifest = state.manifest
    asked: dict[str, str | int] = {
        "pilot": settings.PILOT,
        "source": table.follows,
        "mark": manifest.mark,
        "snapshot": manifest.snapshot or f"{manifest.mark}:{manifest.mark}:",
        "most": MOST_KEYS + 1,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STATE, asked)
        mark, _, database, _, log_begins, differs, keys = cursor.fetchone()
    if database != manifest.database or differs or not log_begins <= manifest.mark <= mark:
        return None
    if table.name not in manifest.tables or manifest.shapes.get(table.name) != shape_of(table.columns):
        return None
    return Fresh(state, len(keys), _months(state, table, keys) if len(keys) <= MOST_KEYS else None)


def _months(state: Snapshot, table: AnalyticTable, keys: list[int]) -> frozenset[str]:
    """Where records stand now, and where the lake has them."""
    if not keys:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT to_char({table.day}, 'YYYY-MM') FROM ({select_of(table.name)}) t"  # noqa: S608 - ours
            f" WHERE {table.group} = ANY (%s)",
            [keys],
        )
        now = {month for (month,) in cursor.fetchall()}
    return frozenset(now | _months_here(state, _smallest(state, table), keys))


def _months_here(state: Snapshot, known: AnalyticTable, keys: list[int]) -> set[str]:
    rows = known.expression()
    column = rows[known.group]
    near = column.isin(keys) if len(keys) <= NAMED else column.between(min(keys), max(keys))
    days = rows.filter(near).select(day=rows[known.day]).distinct()
    return {month_of(row["day"]) for row in state.engine().run(days, {}).to_pylist()}


def _smallest(state: Snapshot, table: AnalyticTable) -> AnalyticTable:
    """The smallest table of the lake that has the same records in the same months."""
    held = state.manifest.tables
    alike = [
        each
        for each in analytic_tables().values()
        if (each.follows, each.group, each.day) == (table.follows, table.group, table.day)
        and each.name in held
    ]
    return min(
        alike, key=lambda each: sum(piece.rows for pieces in held[each.name].values() for piece in pieces)
    )


_kept: dict[tuple[str, int, int, int], Snapshot] = {}
_ONE = threading.Lock()


def _newest() -> Snapshot | None:
    """The newest state; a manifest is read once for each time that it was written."""
    from youju.analytics.lake.reading import Snapshot

    place = folder()
    try:
        told = (place.path / NAME).stat()
        key = (str(place.path), told.st_ino, told.st_mtime_ns, told.st_size)
        with _ONE:
            if key not in _kept:
                manifest = read(place.path)
                if manifest is None or manifest.pilot != settings.PILOT:
                    return None
                _kept.clear()
                _kept[key] = Snapshot(place.path, manifest)
            return _kept[key]
    except (LakeError, OSError):
        return None
