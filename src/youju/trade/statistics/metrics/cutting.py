"""Asking the cuts: the engine, the expressions and what they compare to, as plain dataclasses for selectors."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, overload

import pyarrow as pa
from django.conf import settings

from youju.analytics import cuts
from youju.analytics.answers import ask
from youju.analytics.comparing import Compared, Quantity, Sums, compared, quantities_of, sums_of
from youju.analytics.cuts import Dimension, Question
from youju.analytics.engines import Engine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.metrics.postgres import PostgresEngine
from youju.trade.statistics.metrics.engines import engine_for, run


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sums and the value of the same month a year before."""

    month: date
    sums: Sums
    year_value: Decimal


@dataclass(frozen=True, slots=True)
class RowsBehind(Sequence[Mapping[str, Any]]):
    """The rows behind a question, read a page at a time; slices run one query each."""

    question: Question
    total: int
    largest_first: bool = False

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
        expression = cuts.rows(self.question, largest_first=self.largest_first)
        return (
            engine_for(self.question.period)
            .run(expression.table.limit(max(0, last - first), offset=first), expression.spans)
            .to_pylist()
        )


@dataclass(slots=True)
class Cutter:
    """Answers cuts of one question on one engine."""

    question: Question
    engine: Engine

    @classmethod
    def of(cls, question: Question) -> Cutter:
        """On the engine that the asker's reach and the period ask for."""
        return cls(question, engine_for(question.period))

    @property
    def as_of(self) -> datetime:
        """When the rows were true."""
        return self.engine.as_of

    def whole(self) -> Sums:
        """Everything, added up."""
        return sums_of(run(self.engine, cuts.whole(self.question))[0])

    def by(self, dimension: Dimension) -> Compared:
        """The groups of a dimension, compared."""
        return compared(run(self.engine, cuts.by(self.question, dimension)))

    def months(self) -> list[Month]:
        """Each month of the period in order, those without rows too."""
        found = {
            str(row["key"]): sums_of(row) for row in run(self.engine, cuts.by(self.question, Dimension.MONTH))
        }
        before = self.question.period.year_before().months
        return [
            Month(month, found.get(f"{month:%Y-%m}", Sums()), found.get(f"{earlier:%Y-%m}", Sums()).value)
            for month, earlier in zip(self.question.period.months, before, strict=True)
        ]

    def quantities(self, dimension: Dimension) -> Sequence[Quantity]:
        """Quantity and average price by unit."""
        return quantities_of(run(self.engine, cuts.quantities(self.question, dimension)))

    def rows(self, *, largest_first: bool = False) -> RowsBehind:
        """The rows behind every figure of the question."""
        found = run(self.engine, cuts.count(self.question))[0]
        return RowsBehind(self.question, int(str(found["lines"])), largest_first)


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
