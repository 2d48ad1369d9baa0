"""Asking: a metric, a question and an engine give an answer with its parts; its rows in pages; their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from youju.analytics.combining import Result
from youju.analytics.engines import LABEL, Engine, Spans, placeholder
from youju.analytics.metrics import COUNT, KIND, PART, ROW, VALUE, Metric, metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope

_SIZE = "size_behind"


@dataclass(frozen=True, slots=True)
class Answer:
    """A metric's value.

    ``parts`` are the sums that it was made of, ``counts`` the rows in each; ``result`` the value or the reason why there is none.
    """

    metric: Metric
    scope: Scope
    engine: str
    as_of: datetime
    parts: dict[str, Decimal]
    counts: dict[str, int]
    result: Result

    @property
    def value(self) -> Decimal | None:
        """The value, to six places; none where the parts give none."""
        return self.result.value


@dataclass(frozen=True, slots=True)
class Question:
    """A metric's code, the months asked about, its parameters in order: equal questions have one answer."""

    code: str
    period: Period
    parameters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, period: Period, parameters: Mapping[str, str] | None = None) -> Question:
        """A question whose parameters come in any order; empty ones are none."""
        given = sorted((name, value) for name, value in (parameters or {}).items() if value)
        return cls(code, period, tuple(given))


@dataclass(frozen=True, slots=True)
class Digest:
    """How many rows stand behind a value, the sha256 over their keys, contributions and parts, and the value of these rows."""

    count: int
    sha256: str
    parts: dict[str, Decimal]
    result: Result


def ask(metric: Metric, scope: Scope, engine: Engine) -> Answer:
    """The value now, as the engine has it. One query."""
    table = engine.run(*_expression(metric, scope, Metric.parts))
    names = table[PART].to_pylist()
    parts = dict(zip(names, table[VALUE].to_pylist(), strict=True))
    counts = dict(zip(names, table[COUNT].to_pylist(), strict=True))
    return Answer(metric, scope, engine.name, engine.as_of, parts, counts, metric.combination.combine(parts))


def ask_many(codes: Sequence[str], scope: Scope, engine: Engine) -> dict[str, Answer]:
    """The values of many metrics over one period, by code. One query."""
    wanted = tuple(dict.fromkeys(codes))
    if not wanted:
        return {}
    expressions: dict[str, ir.Table] = {}
    for code in wanted:
        expressions[code], spans = _expression(metrics()[code], scope, Metric.parts)
        for name, span in spans.items():
            scope.spans[name] = span.hull(scope.spans.get(name, span))
    table = engine.run_many(expressions, scope.spans)
    told: dict[str, list[tuple[str, Decimal, int]]] = {code: [] for code in wanted}
    columns = (table[name].to_pylist() for name in (LABEL, PART, VALUE, COUNT))
    for code, part, total, count in zip(*columns, strict=True):
        told[code].append((part, total, count))
    answers = {}
    for code, parts in told.items():
        sums = {part: total for part, total, _ in parts}
        counts = {part: count for part, _, count in parts}
        metric = metrics()[code]
        result = metric.combination.combine(sums)
        answers[code] = Answer(metric, scope, engine.name, engine.as_of, sums, counts, result)
    return answers


def ask_questions(
    questions: Iterable[Question], pilot: str, engine_for: Callable[[Spans], Engine]
) -> dict[Question, Answer]:
    """The answers to questions about any metrics, months and parameters, each asked once. One query.

    Args:
        questions: of metrics of the catalogue.
        pilot: whose rows; empty for every pilot that the engine has.
        engine_for: makes the engine once it is known which tables are read, and which months of each.
    """
    wanted = tuple(dict.fromkeys(questions))
    if not wanted:
        return {}
    expressions: dict[str, ir.Table] = {}
    scopes: list[Scope] = []
    spans: dict[str, Period] = {}
    values: dict[str, dict[str, str]] = {}
    for place, each in enumerate(wanted):
        scope = Scope(each.period, pilot, dict(each.parameters))
        # The same expression whatever the parameters say: it compiles once for all projects.
        marked = Scope(each.period, pilot, {name: placeholder(name) for name in scope.parameters})
        expressions[str(place)], read = _expression(metrics()[each.code], marked, Metric.parts)
        values[str(place)] = dict(each.parameters)
        scope.spans.update(read)
        for name, span in read.items():
            spans[name] = span.hull(spans.get(name, span))
        scopes.append(scope)
    engine = engine_for(spans)
    table = engine.run_many(expressions, spans, values)
    sums: list[dict[str, Decimal]] = [{} for _ in wanted]
    counts: list[dict[str, int]] = [{} for _ in wanted]
    for label, part, total, count in zip(
        *(table[name].to_pylist() for name in (LABEL, PART, VALUE, COUNT)), strict=True
    ):
        sums[int(label)][part], counts[int(label)][part] = total, count
    found = {}
    for each, scope, parts, rows in zip(wanted, scopes, sums, counts, strict=True):
        metric = metrics()[each.code]
        result = metric.combination.combine(parts)
        found[each] = Answer(metric, scope, engine.name, engine.as_of, parts, rows, result)
    return found


def _expression(
    metric: Metric, scope: Scope, make: Callable[[Metric, Scope], ir.Table]
) -> tuple[ir.Table, Spans]:
    """The expression of a question and the months it reads: the same object for the same question, so that it compiles once."""
    expression, spans = _made(
        make, metric.code, scope.period, scope.pilot, tuple(sorted(scope.parameters.items()))
    )
    scope.spans.update(spans)
    return expression, spans


@lru_cache(maxsize=4096)
def _made(
    make: Callable[[Metric, Scope], ir.Table],
    code: str,
    period: Period,
    pilot: str,
    parameters: tuple[tuple[str, str], ...],
) -> tuple[ir.Table, dict[str, Period]]:
    scope = Scope(period, pilot, dict(parameters))
    return make(metrics()[code], scope), scope.spans


def _by_key(metric: Metric, scope: Scope) -> ir.Table:
    return _in_order(metric.rows(scope))


def _to_hash(metric: Metric, scope: Scope) -> ir.Table:
    return _in_order(metric.rows(scope).select(PART, KIND, ROW, VALUE))


def _in_order(rows: ir.Table) -> ir.Table:
    return rows.order_by(rows[ROW].asc(), rows[KIND].asc(), rows[PART].asc())


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
    sized = _plain_size(rows)
    wide = rows if sized is None else sized
    # The plain column, not its cast: of the cast no engine knows the extremes in a file.
    size = wide[VALUE] if sized is None else wide[_SIZE]
    near = wide.filter(
        wide[ROW].isin(sorted({*keys})),
        wide[PART].isin(sorted({*found[PART].to_pylist()})),
        size <= ibis.literal(max(values), type=size.type()),
        size >= ibis.literal(min(values), type=size.type()),
    )
    whole = engine.run(near.select(*rows.columns), scope.spans)
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
    """Every row behind a value, by key, in flat memory."""
    if not part:
        return engine.stream(*_expression(metric, scope, _by_key))
    rows = metric.rows(scope)
    one = rows.filter(rows[PART] == part)
    return engine.stream(one.order_by(one[ROW].asc(), one[KIND].asc()), scope.spans)


def digest(metric: Metric, scope: Scope, engine: Engine) -> Digest:
    """The rows' count and hash: the same on every engine that has the same rows, however it cuts them into batches.

    In the order of key, kind and part, the sha256 of three columns, one after the other: the keys (8 bytes each), the
    contributions in units of the fifth decimal (16 bytes each), both little-endian, and kinds and parts (UTF-8, each ended by a
    zero byte).
    """
    ordered, spans = _expression(metric, scope, _to_hash)
    keys, values, names, count = hashlib.sha256(), hashlib.sha256(), hashlib.sha256(), 0
    parts: dict[str, Decimal] = {}
    for batch in engine.stream(ordered, spans):
        keys.update(_content(pc.cast(batch[ROW], pa.int64()), 8))
        values.update(_content(pc.cast(batch[VALUE], pa.decimal128(38, 5)), 16))
        named = pc.binary_join_element_wise(batch[KIND], batch[PART], "", "\0")
        names.update("".join(named.to_pylist()).encode())
        count += batch.num_rows
        sums = pa.table(batch).group_by(PART).aggregate([(VALUE, "sum")])
        for part, total in zip(sums[PART].to_pylist(), sums[f"{VALUE}_sum"].to_pylist(), strict=True):
            parts[part] = parts.get(part, Decimal(0)) + total
    told = hashlib.sha256(keys.digest() + values.digest() + names.digest())
    return Digest(count, told.hexdigest(), parts, metric.combination.combine(parts))


def _content(column: pa.Array, width: int) -> memoryview:
    if not len(column):
        return memoryview(b"")
    return memoryview(column.buffers()[1])[column.offset * width : (column.offset + len(column)) * width]
