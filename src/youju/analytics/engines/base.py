"""What every engine gives: the rows of an expression as Arrow, in the expression's own types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

import ibis.expr.types as ir
import pyarrow as pa

from youju.analytics.periods import Period

Spans = Mapping[str, Period]
Values = Mapping[str, Mapping[str, str]]
"""Label → what stands in place of the placeholders of an expression, by their names."""
BATCH = 65_536
LABEL = "label"
"""The column that :meth:`Engine.run_many` adds."""


class Engine(Protocol):
    """Runs expressions over the documented tables.

    ``name`` is ``postgres``, ``duckdb`` or ``spark``; ``as_of`` is when the rows it shows were true.
    """

    name: str
    as_of: datetime

    def run(self, expression: ir.Table, spans: Spans) -> pa.Table:
        """All rows of an expression. ``spans``: the months that it reads of each table."""
        ...

    def run_many(
        self, expressions: Mapping[str, ir.Table], spans: Spans, values: Values | None = None
    ) -> pa.Table:
        """All rows of several expressions with the same columns, in one query; :data:`LABEL` says whose each row is."""
        ...

    def stream(self, expression: ir.Table, spans: Spans) -> Iterator[pa.RecordBatch]:
        """The same in batches, in flat memory."""
        ...


def columns_of(expression: ir.Table) -> pa.Schema:
    """The Arrow schema in which every engine gives an expression's rows: decimals are 38 digits wide."""
    fields = []
    for name, kind in expression.schema().items():
        if kind.is_decimal():
            fields.append(pa.field(name, pa.decimal128(38, kind.scale if kind.scale is not None else 2)))
        elif kind.is_integer():
            fields.append(pa.field(name, pa.int64()))
        else:
            fields.append(pa.field(name, _PLAIN[type(kind).__name__]))
    return pa.schema(fields)


def labelled(expressions: Mapping[str, ir.Table]) -> pa.Schema:
    """The schema of several expressions' rows with their labels."""
    first = next(iter(expressions.values()))
    return pa.schema([pa.field(LABEL, pa.string()), *columns_of(first)])


# Ibis' own mapping asks for a package that nothing else here needs.
_PLAIN = {"String": pa.string(), "Date": pa.date32(), "Boolean": pa.bool_(), "Float64": pa.float64()}
