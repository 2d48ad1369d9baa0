"""PostgreSQL as an engine: the application's own connection, so that row-level security holds for the asker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
from django.db import connection, transaction
from django.utils import timezone

from youju.analytics.engines import Spans, columns_of, labelled, to_sql, to_united_sql
from youju.analytics.engines.base import Values
from youju.foundation.metrics.sources import selects

_FETCHED = 4_000
"""Rows that are fetched at once: as Python objects a row of thirty columns takes some 3 kB."""


class PostgresEngine:
    """Live values: what stands in the records now."""

    name = "postgres"

    def __init__(self, sources: Mapping[str, str] | None = None) -> None:
        """``sources``: table → SELECT, in place of the rooms' views."""
        self.as_of: datetime = timezone.now()
        self._sources = selects() if sources is None else dict(sources)

    def run(self, expression: ir.Table, spans: Spans) -> pa.Table:  # noqa: ARG002 - records have no files to choose
        """See :class:`youju.analytics.engines.Engine`."""
        schema = columns_of(expression)
        with connection.cursor() as cursor:
            cursor.execute(to_sql(expression, "postgres", self._sources))
            return _table(cursor.fetchall(), schema)

    def run_many(
        self,
        expressions: Mapping[str, ir.Table],
        spans: Spans,  # noqa: ARG002 - as above
        values: Values | None = None,
    ) -> pa.Table:
        """See :class:`youju.analytics.engines.Engine`."""
        with connection.cursor() as cursor:
            cursor.execute(to_united_sql(expressions, "postgres", self._sources, values))
            return _table(cursor.fetchall(), labelled(expressions))

    def stream(self, expression: ir.Table, spans: Spans) -> Iterator[pa.RecordBatch]:  # noqa: ARG002 - as above
        """See :class:`youju.analytics.engines.Engine`; by a cursor on the server, in a transaction."""
        schema = columns_of(expression)
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.execute(to_sql(expression, "postgres", self._sources))
            while rows := cursor.fetchmany(_FETCHED):
                yield from _table(rows, schema).to_batches()


def _table(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns: list[Any] = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    return pa.Table.from_arrays(
        [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)],
        schema=schema,
    )
