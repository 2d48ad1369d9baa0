"""Asking the cuts: the engine, the expressions and what they compare to, as plain dataclasses for selectors."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, overload

import pyarrow as pa
from django.conf import settings

from youju.analytics import cuts, rollups
from youju.analytics.answers import ask
from youju.analytics.comparing import Compared, Quantity, Sums, compared, quantities_of, sums_of
from youju.analytics.cuts import Dimension, Expression, Question
from youju.analytics.engines import Engine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.metrics.postgres import PostgresEngine
from youju.trade.statistics.metrics.engines import Ground, ground_for, run


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sums and the value of the same month a year before."""

    month: date
    sums: Sums
    year_value: Decimal


@dataclass(frozen=True, slots=True)
class RowsBehind(Sequence[Mapping[str, Any]]):
    """The rows behind a question, read a page at a time; a slice runs a query, of the lake one for each month that it touches.

    ``months``: how many rows each month has, where that is known: of many months only those of the page are opened.
    """

    question: Question
    total: int
    ground: Ground
    largest_first: bool = False
    months: Mapping[date, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, place: int) -> Mapping[str, Any]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Mapping[str, Any]]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, int):
            return self[place : place + 1][0]
        first, last, _ = place.indices(self.total)
        found: list[Mapping[str, Any]] = []
        for question, start, count in self._stretches(first, max(0, last - first)):
            expression = cuts.rows(question, largest_first=self.largest_first)
            few = expression.table.limit(count, offset=start)
            found += self.ground.engine.run(few, expression.spans).to_pylist()
        return found

    def _stretches(self, first: int, count: int) -> Iterator[tuple[Question, int, int]]:
        """The questions that have the rows from a place on: where in each, and how many of it."""
        if self.largest_first or not self.months:
            yield self.question, first, count
            return
        for month, rows in sorted(self.months.items(), reverse=True):
            here = min(count, rows - first)
            if here > 0:
                yield replace(self.question, period=Period.month(month)), first, here
                count -= here
            first = max(0, first - rows)
            if not count:
                return


@dataclass(slots=True)
class Cutter:
    """Answers cuts of one question on one ground."""

    question: Question
    ground: Ground

    @classmethod
    def of(cls, question: Question, *, tolerant: bool = False) -> Cutter:
        """On the ground that the asker's reach and the period ask for; ``tolerant`` as :func:`ground_for` has it."""
        return cls(question, ground_for(question.period, tolerant=tolerant))

    @property
    def engine(self) -> Engine:
        """What runs the expressions."""
        return self.ground.engine

    @property
    def as_of(self) -> datetime:
        """When the rows were true."""
        return self.ground.as_of

    def whole(self) -> Sums:
        """Everything, added up."""
        return sums_of(self._run(rollups.whole(self.question), lambda: cuts.whole(self.question))[0])

    def by(self, dimension: Dimension, *, declarations: bool = True) -> Compared:
        """The groups of a dimension, compared; without ``declarations`` their numbers may be missing: more cubes can answer."""
        return compared(self._by(dimension, declarations=declarations))

    def _by(self, dimension: Dimension, *, declarations: bool = True) -> list[dict[str, object]]:
        cube = rollups.by(self.question, dimension, declarations=declarations)
        return self._run(cube, lambda: cuts.by(self.question, dimension))

    def _run(self, cube: Expression | None, lines: Callable[[], Expression]) -> list[dict[str, object]]:
        """From the cube where the ground has it, else from the lines."""
        chosen = cube if cube is not None and self.ground.has_cubes(cube.spans) else lines()
        return run(self.engine, chosen)

    def months(self) -> list[Month]:
        """Each month of the period in order, those without rows too."""
        found = {str(row["key"]): sums_of(row) for row in self._by(Dimension.MONTH)}
        before = self.question.period.year_before().months
        return [
            Month(month, found.get(f"{month:%Y-%m}", Sums()), found.get(f"{earlier:%Y-%m}", Sums()).value)
            for month, earlier in zip(self.question.period.months, before, strict=True)
        ]

    def quantities(self, dimension: Dimension) -> Sequence[Quantity]:
        """Quantity and average price by unit."""
        cube = rollups.quantities(self.question, dimension)
        return quantities_of(self._run(cube, lambda: cuts.quantities(self.question, dimension)))

    def rows(self, *, largest_first: bool = False) -> RowsBehind:
        """The rows behind every figure of the question."""
        if self.ground.lake is None:
            found = run(self.engine, cuts.count(self.question))[0]
            return RowsBehind(self.question, int(str(found["lines"])), self.ground, largest_first)
        counted = self._run(rollups.lines_by_month(self.question), lambda: cuts.lines_by_month(self.question))
        months = {date.fromisoformat(f"{row['key']}-01"): int(str(row["lines"])) for row in counted}
        return RowsBehind(self.question, sum(months.values()), self.ground, largest_first, months)


def row_count(question: Question) -> int:
    """How many rows stand behind a question, asked of the records themselves."""
    return int(str(run(PostgresEngine(), cuts.count(question))[0]["lines"]))


def stream_of(question: Question) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Every row behind a question, in flat memory, from the records themselves; with the schema of the batches."""
    from youju.analytics.engines import columns_of

    expression = cuts.rows(question)
    return columns_of(expression.table), PostgresEngine().stream(expression.table, expression.spans)


def latest_release(before: date | None = None) -> date | None:
    """The latest day with a release in the asker's reach, before a day where one is given. One query."""
    expression = cuts.latest(before)
    found = run(PostgresEngine(), expression)[0]["day"]
    return found if isinstance(found, date) else None


def last_releases() -> list[dict[str, Any]]:
    """Each merchant's latest release and number of declarations: ``merchant_id``, ``last_on``, ``declarations``. One query."""
    return run(PostgresEngine(), cuts.last_by_merchant())


def metric_values(codes: Sequence[str], period: Period) -> dict[str, Decimal | None]:
    """Values of catalogue metrics for this pilot over a period, by code, on the records."""
    engine, known = PostgresEngine(), metrics()
    return {code: ask(known[code], Scope(period, settings.PILOT), engine).value for code in codes}


def district_growth(period: Period, district: str = "") -> tuple[Decimal | None, str]:
    """The metric ``exports.district_growth_rate``: value, or none and why."""
    metric = metrics()["exports.district_growth_rate"]
    scope = Scope(period, settings.PILOT, {"district": district} if district else {})
    result = ask(metric, scope, PostgresEngine()).result
    return result.value, result.reason


def batches_of(
    rows: Sequence[Mapping[str, Any]], schema: pa.Schema, size: int = 10_000
) -> Iterator[pa.RecordBatch]:
    """Plain rows as batches, for writing files."""
    for start in itertools.count(0, size):
        piece = rows[start : start + size]
        if not piece:
            return
        yield pa.RecordBatch.from_pylist(list(piece), schema=schema)
