"""Rows of an expression as Arrow, by COPY on the application's own connection: row-level security holds for the asker."""

from __future__ import annotations

import io

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.csv as pc
from django.db import connection

from youju.analytics.engines import columns_of, to_sql
from youju.foundation.metrics.sources import selects


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
