"""Which engine answers a question of the dashboards.

A dashboard asks a dozen cuts of the same rows. The asker's rows of the years in question are read once, by COPY on the
application's own connection (so row-level security holds), kept in memory as Arrow for as long as nothing was written that is
on the trail, and cut by DuckDB. Where they are too many, PostgreSQL answers each cut itself.
"""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from datetime import date

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv as pc
from django.conf import settings
from django.db import connection
from django.utils import timezone

from youju.analytics.cuts import TABLE, Expression
from youju.analytics.engines import DuckEngine, Engine, columns_of, to_sql
from youju.analytics.periods import Period
from youju.foundation.audit.selectors import trail_stamp
from youju.foundation.kernel.context import current
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.metrics.sources import selects

MOST_ROWS = 400_000
"""Rows that are kept of one asker and span of years; about 100 MB."""
_KEPT = 3
_Key = tuple[str, str, str, int, int]


class _Rows:
    """The rows last read, by who may see them and what the trail said then; for all threads of a process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, Engine | None] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: _Key, period: Period) -> Engine | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            as_of, table = timezone.now(), _read(period)
            # One engine for all who ask: it opens its DuckDB once, and each question is a cursor of its own.
            found = DuckEngine(as_of=as_of, arrow={TABLE: table}, threads=2) if table is not None else None
            if settings.KEPT_PAGES_BYTES:
                self._kept[key] = found
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            return found


_rows = _Rows()


def engine_for(period: Period) -> Engine:
    """The engine for all cuts of a period and of the periods that it is compared with, in the asker's reach."""
    years = _years(period)
    # The stamp first: rows written in between are then under a newer one.
    key = (connection.settings_dict["NAME"], current().reads, trail_stamp(), years.start.year, years.end.year)
    return _rows.of(key, years) or PostgresEngine()


def run(engine: Engine, expression: Expression) -> list[dict[str, object]]:
    """An expression's rows as plain dictionaries."""
    rows: list[dict[str, object]] = engine.run(expression.table, expression.spans).to_pylist()
    return rows


def _years(period: Period) -> Period:
    hull = period.hull(period.year_before()).hull(period.before())
    last = hull.end.year if hull.end.month > 1 else hull.end.year - 1
    return Period(date(hull.start.year, 1, 1), date(last + 1, 1, 1))


def _read(period: Period) -> pa.Table | None:
    """The asker's rows of a period; ``None`` where there are more than are kept."""
    from youju.analytics.scopes import Scope

    expression = Scope(period).rows(TABLE).limit(MOST_ROWS + 1)
    table = copied(expression)
    return table if table.num_rows <= MOST_ROWS else None


def copied(expression: ir.Table) -> pa.Table:
    """Rows by ``COPY … TO STDOUT``: several times as fast as a cursor."""
    schema = columns_of(expression)
    buffer = io.BytesIO()
    connection.ensure_connection()
    with connection.cursor() as cursor:
        statement = f"COPY ({to_sql(expression, 'postgres', selects())}) TO STDOUT (FORMAT csv)"
        with cursor.copy(statement) as copy:
            for piece in copy:
                buffer.write(piece)
    if not buffer.tell():
        return schema.empty_table()
    buffer.seek(0)
    return pc.read_csv(
        buffer,
        read_options=pc.ReadOptions(column_names=schema.names),
        convert_options=pc.ConvertOptions(
            column_types=schema,
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=False,
            null_values=[""],
        ),
    )
