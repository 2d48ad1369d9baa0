"""Asking: a metric, a question and an engine give an answer with its parts; its rows in pages; their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from youju.analytics.combining import Result
from youju.analytics.engines import Engine
from youju.analytics.metrics import KIND, PART, ROW, VALUE, Metric
from youju.analytics.scopes import Scope

_SIZE = "size_behind"


@dataclass(frozen=True, slots=True)
class Answer:
    """A metric's value.

    ``parts`` are the sums that it was made of; ``result`` the value or the reason why there is none.
    """

    metric: Metric
    scope: Scope
    engine: str
    as_of: datetime
    parts: dict[str, Decimal]
    result: Result

    @property
    def value(self) -> Decimal | None:
        """The value, to six places; none where the parts give none."""
        return self.result.value


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows stand behind a value, and the sha256 over their parts, keys and contributions in order."""

    count: int
    sha256: str


def ask(metric: Metric, scope: Scope, engine: Engine) -> Answer:
    """The value now, as the engine has it. One query."""
    expression = metric.parts(scope)
    table = engine.run(expression, scope.spans)
    parts = dict(zip(table[PART].to_pylist(), table[VALUE].to_pylist(), strict=True))
    return Answer(metric, scope, engine.name, engine.as_of, parts, metric.combination.combine(parts))


def rows_behind(
    metric: Metric, scope: Scope, engine: Engine, *, part: str = "", limit: int = 50, offset: int = 0
) -> pa.Table:
    """The rows behind a value, the largest contributions first; ``part`` narrows them to one.

    First only what the order needs, then every column of the rows that were found: of a hundred million rows with thirty columns
    the engine reads three whole ones and a few stretches of the others.
    """
    rows = metric.rows(scope)
    found = engine.run(_largest(rows, part, limit, offset), scope.spans)
    if not found.num_rows:
        return engine.run(rows.limit(0), scope.spans)
    keys, values = found[ROW].to_pylist(), found[VALUE].to_pylist()
    near = rows.filter(
        rows[ROW].isin(sorted({*keys})),
        rows[PART].isin(sorted({*found[PART].to_pylist()})),
        rows[VALUE] <= ibis.literal(max(values), type="decimal(18, 5)"),
        rows[VALUE] >= ibis.literal(min(values), type="decimal(18, 5)"),
    )
    whole = engine.run(near, scope.spans)
    places = {each: number for number, each in enumerate(_named(whole))}
    # Of live records one may have gone between the two questions.
    return whole.take(pa.array([places[each] for each in _named(found) if each in places], pa.int64()))


def _largest(rows: ir.Table, part: str, limit: int, offset: int) -> ir.Table:
    """Part, kind, key and contribution of the largest contributions."""
    size = _plain_size(rows)
    sized = rows if size is None else size
    if part:
        sized = sized.filter(sized[PART] == part)
    by = sized[VALUE] if size is None else sized[_SIZE]
    ordered = sized.order_by(by.desc(), sized[PART].asc(), sized[ROW].asc())
    return ordered.limit(limit, offset=offset).select(PART, KIND, ROW, VALUE)


def _plain_size(rows: ir.Table) -> ir.Table | None:
    """The rows with what is cast to the contribution beside them: an engine passes over files by the extremes of a plain column.

    None where the contribution is no cast of a decimal, which alone keeps the order for certain.
    """
    project = rows.op()
    cast = project.values.get(VALUE) if isinstance(project, ops.Project) else None
    if not isinstance(cast, ops.Cast) or not cast.arg.dtype.is_decimal():
        return None
    columns = {name: value.to_expr() for name, value in project.values.items()}
    return project.parent.to_expr().select(**columns, **{_SIZE: cast.arg.to_expr()})


def _named(table: pa.Table) -> list[tuple[object, ...]]:
    return list(zip(*(table[name].to_pylist() for name in (PART, KIND, ROW)), strict=True))


def all_rows(metric: Metric, scope: Scope, engine: Engine, *, part: str = "") -> Iterator[pa.RecordBatch]:
    """Every row behind a value, by part and key, in flat memory."""
    rows = metric.rows(scope)
    if part:
        rows = rows.filter(rows[PART] == part)
    return engine.stream(rows.order_by(rows[PART].asc(), rows[KIND].asc(), rows[ROW].asc()), scope.spans)


def digest(metric: Metric, scope: Scope, engine: Engine) -> Digest:
    """The rows' count and hash: the same on every engine that has the same rows, however it cuts them into batches.

    In the order of key, kind and part, the sha256 of three columns, one after the other: the keys (8 bytes each), the
    contributions in units of the fifth decimal (16 bytes each), both little-endian, and kinds and parts (UTF-8, each ended by a
    zero byte).
    """
    rows = metric.rows(scope).select(PART, KIND, ROW, VALUE)
    ordered = rows.order_by(rows[ROW].asc(), rows[KIND].asc(), rows[PART].asc())
    keys, values, names, count = hashlib.sha256(), hashlib.sha256(), hashlib.sha256(), 0
    for batch in engine.stream(ordered, scope.spans):
        keys.update(_content(pc.cast(batch[ROW], pa.int64()), 8))
        values.update(_content(pc.cast(batch[VALUE], pa.decimal128(38, 5)), 16))
        told = pc.binary_join_element_wise(batch[KIND], batch[PART], "", "\0")
        names.update("".join(told.to_pylist()).encode())
        count += batch.num_rows
    return Digest(count, hashlib.sha256(keys.digest() + values.digest() + names.digest()).hexdigest())


def _content(column: pa.Array, width: int) -> memoryview:
    if not len(column):
        return memoryview(b"")
    return memoryview(column.buffers()[1])[column.offset * width : (column.offset + len(column)) * width]
