"""PostgreSQL as what the lake is filled from: one snapshot, by COPY, streamed as Arrow in flat memory."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
from django.db import connection, transaction

from youju.analytics.lake.parquet import arrow_schema
from youju.analytics.lake.sources import Totals
from youju.analytics.tables import AnalyticTable, analytic_tables
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.models import Lake
from youju.foundation.metrics.sources import select_of, views

_BLOCK = 4 * 1024 * 1024
_NAMED = 200_000
"""So many changed records at most are named one by one in a statement."""
# The system's number, the database and the timeline: a restored or promoted database counts transactions anew.
WHERE = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, transaction_timestamp(),
       (SELECT system_identifier FROM pg_control_system()) || '/'
       || (SELECT oid FROM pg_database WHERE datname = current_database()) || '/'
       || (SELECT timeline_id FROM pg_control_checkpoint()), pg_current_snapshot()::text
"""
_CHANGED = "SELECT key FROM metrics_change WHERE source = %s AND transaction >= %s"


class DatabaseSource:
    """See :class:`youju.analytics.lake.sources.Source`; made by :func:`database_source`."""

    def __init__(self, pilot: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(WHERE)
            row = cursor.fetchone()
        self.mark: int = row[0]
        self.as_of: datetime = row[1]
        self.database: str = row[2]
        self.snapshot: str = row[3]
        # What every lake had passed was removed from the log, up to the mark that is kept.
        self.log_begins: int = Lake.objects.filter(pilot=pilot).values_list("mark", flat=True).first() or 0

    def tables(self) -> Sequence[AnalyticTable]:
        """Those that a room gave a view."""
        return [table for name, table in analytic_tables().items() if name in views()]

    def months(self, table: AnalyticTable) -> Sequence[str]:
        """See :class:`Source`."""
        sql = f"SELECT DISTINCT to_char({table.day}, 'YYYY-MM') FROM ({select_of(table.name)}) t ORDER BY 1"
        return [month for (month,) in _rows(sql, ())]

    def month(self, table: AnalyticTable, month: str) -> Iterator[pa.RecordBatch]:
        """See :class:`Source`."""
        first = f"{month}-01"
        where = f"{table.day} >= %s::date AND {table.day} < (%s::date + interval '1 month')::date"
        return self._copied(table, where, (first, first))

    def changed(self, table: AnalyticTable, since: int) -> pa.Table:
        """See :class:`Source`."""
        return pa.table({table.group: pa.array(self._keys(table, since), pa.int64())})

    def _keys(self, table: AnalyticTable, since: int) -> list[int]:
        sql = f"SELECT DISTINCT key FROM ({_CHANGED}) c ORDER BY 1"
        return [key for (key,) in _rows(sql, (table.follows, since))]

    def rows_changed(self, table: AnalyticTable, since: int) -> Iterator[pa.RecordBatch]:
        """See :class:`Source`."""
        keys = self._keys(table, since)
        if len(keys) > _NAMED:
            return self._copied(table, f"{table.group} IN ({_CHANGED})", (table.follows, since))
        # Named one by one: of a log that was written a moment ago the planner thinks that it is nearly empty, and goes through
        # half a million lines one after the other.
        return self._copied(table, f"{table.group} = ANY (%s::bigint[])", (keys,))

    def totals(self, table: AnalyticTable, since: int, columns: Sequence[str]) -> Totals:
        """See :class:`Source`."""
        sums = "".join(f", coalesce(sum({name}), 0)" for name in columns)
        found = _rows(
            f"SELECT to_char({table.day}, 'YYYY-MM'), count(*){sums} FROM ({select_of(table.name)}) t"
            f" WHERE NOT EXISTS (SELECT FROM metrics_change c WHERE c.source = %s AND c.transaction >= %s"
            f" AND c.key = t.{table.group}) GROUP BY 1",
            (table.follows, since),
        )
        return {
            month: (count, {name: Decimal(value) for name, value in zip(columns, values, strict=True)})
            for month, count, *values in found
        }

    def _copied(
        self, table: AnalyticTable, where: str, parameters: tuple[Any, ...]
    ) -> Iterator[pa.RecordBatch]:
        schema = arrow_schema(table.columns)
        sql = f"COPY (SELECT * FROM ({select_of(table.name)}) t WHERE {where}) TO STDOUT (FORMAT csv)"
        connection.cursor().close()  # who may see which rows is told before the driver is used itself
        with connection.connection.cursor() as cursor, cursor.copy(sql, parameters) as copy:
            pipe = io.BufferedReader(_Pipe(copy), _BLOCK)
            # An empty stream is no CSV to the reader.
            if pipe.peek(1):
                yield from _batches(pipe, schema)


@contextmanager
def database_source(pilot: str) -> Iterator[DatabaseSource]:
    """Until the block ends, one state of the whole database (REPEATABLE READ), with every row in reach."""
    with reaching_all(), transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield DatabaseSource(pilot)


class _Pipe(io.RawIOBase):
    """What COPY sends, as a file that is read."""

    def __init__(self, blocks: Any) -> None:
        self._blocks, self._rest = iter(blocks), memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As much as is there; nothing at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._rest = memoryview(block)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


def _batches(pipe: Any, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    reader = pc.open_csv(
        pipe,
        read_options=pc.ReadOptions(column_names=schema.names, block_size=_BLOCK),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        # COPY writes nothing for NULL and "" for an empty text.
        convert_options=pc.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["t"],
            false_values=["f"],
        ),
    )
    yield from reader


def _rows(sql: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
