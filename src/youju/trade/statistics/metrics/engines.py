"""Which engine answers a question of the dashboards.

Who reaches every row is answered from the lake wherever its marks say that it has of the months in question what the records
have: from its cubes, else from its lines. Everybody else, and everybody about months that changed since the lake was refreshed,
from the records: a dashboard asks a dozen cuts of the same rows, so the asker's rows of the years in question are read once, by
COPY on the application's own connection (row-level security holds), kept in memory as Arrow for as long as nothing was written
that is on the trail, and cut by DuckDB. Where they are too many for that, pages that say when their rows were true may take the
lake as it was refreshed last, if it is not late; else PostgreSQL answers each cut itself. Answers are the same, wherever they
come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa
from django.db import connection
from django.utils import timezone

from youju.analytics.cuts import TABLE, Expression
from youju.analytics.engines import DuckEngine, Engine
from youju.analytics.periods import Period
from youju.analytics.tables import RELEASED_LINES
from youju.foundation.audit.selectors import trail_stamp
from youju.foundation.kernel.context import current
from youju.foundation.metrics.copying import copied
from youju.foundation.metrics.keeping import KeptEngines
from youju.foundation.metrics.lake_limits import late
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.metrics.selectors.freshness import Fresh, fresh_lake

MOST_ROWS = 400_000
"""Rows that are kept of one asker and span of years; about 100 MB."""


_rows: KeptEngines[Engine | None] = KeptEngines()


@dataclass(frozen=True, slots=True)
class Ground:
    """What answers. ``lake`` is None for the records; ``behind``: records that changed since and are not in the answers."""

    engine: Engine
    lake: Fresh | None = None
    behind: int = 0

    @property
    def as_of(self) -> datetime:
        """When the rows were true."""
        return self.engine.as_of

    def has_cubes(self, names: Iterable[str]) -> bool:
        """Whether it can answer from these cubes."""
        return self.lake is not None and all(self.lake.state.has_cube(name) for name in names)

    @property
    def label(self) -> str:
        """What answers, in words."""
        if self.lake is not None:
            return "数据湖（DuckDB）"
        return "实时（PostgreSQL）" if isinstance(self.engine, PostgresEngine) else "实时（DuckDB，内存）"


def ground_for(period: Period, *, tolerant: bool = False) -> Ground:
    """What answers all cuts of a period and of the periods that it is compared with, in the asker's reach.

    Args:
        period: the months asked about.
        tolerant: where the records are too many to be read at once, the lake may lack what changed since its refresh.
    """
    months = {*period.months, *period.year_before().months, *period.before().months}
    lake = fresh_lake(RELEASED_LINES)
    if lake is not None and lake.says_now(months):
        return Ground(lake.state.engine(), lake)
    years = _years(period)
    many = lake is not None and lake.rows(TABLE, years.months) > MOST_ROWS
    if not many:
        # The stamp first: rows written in between are then under a newer one.
        reads, stamp = current().reads, trail_stamp()
        key = (connection.settings_dict["NAME"], reads, stamp, years.start.year, years.end.year)
        if found := _rows.of(key, lambda: _engine_over(years)):
            return Ground(found)
    if tolerant and lake is not None and timezone.now() - lake.as_of <= late():
        return Ground(lake.state.engine(), lake, lake.behind)
    return Ground(PostgresEngine())


def run(engine: Engine, expression: Expression) -> list[dict[str, object]]:
    """An expression's rows as plain dictionaries."""
    rows: list[dict[str, object]] = engine.run(expression.table, expression.spans).to_pylist()
    return rows


def _years(period: Period) -> Period:
    hull = period.hull(period.year_before()).hull(period.before())
    last = hull.end.year if hull.end.month > 1 else hull.end.year - 1
    return Period(date(hull.start.year, 1, 1), date(last + 1, 1, 1))


def _engine_over(period: Period) -> Engine | None:
    """One engine for all who ask: it opens its DuckDB once, and each question is a cursor of its own."""
    as_of, table = timezone.now(), _read(period)
    return DuckEngine(as_of=as_of, arrow={TABLE: table}, threads=2) if table is not None else None


def _read(period: Period) -> pa.Table | None:
    """The asker's rows of a period; ``None`` where there are more than are kept."""
    from youju.analytics.scopes import Scope

    expression = Scope(period).rows(TABLE).limit(MOST_ROWS + 1)
    table = copied(expression)
    return table if table.num_rows <= MOST_ROWS else None
