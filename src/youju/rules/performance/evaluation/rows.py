"""The points of one row, and in words how they came about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from youju.rules.performance.evaluation.directions import direction_of
from youju.rules.performance.evaluation.facts import EvaluationError, Reduction, Row, place, quoted
from youju.rules.performance.evaluation.judged import of_deadline, of_quality
from youju.rules.performance.evaluation.points import HUNDRED, plain, rounded
from youju.rules.performance.evaluation.quantities import is_number, pair_of
from youju.rules.performance.evaluation.schemas import LawOf, Schema
from youju.rules.performance.evaluation.shares import Share, banded, of_quantity
from youju.rules.performance.targets.facts import Kind
from youju.rules.performance.targets.values import split_value


@dataclass(frozen=True, slots=True)
class Ground:
    """What every row of an evaluation is scored on: schema, law of the day (units, words), fiscal year where known."""

    schema: Schema
    law: LawOf
    year: int | None = None


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A row with its points; ``reached`` and ``bare`` as in :class:`Share`."""

    number: int
    row: Row
    weight: Decimal
    score: Decimal
    reason: str
    reached: Fraction | None = None
    bare: bool = False


def scored(number: int, row: Row, weight: Decimal, ground: Ground) -> ScoredRow:
    """Score one row; ``number`` is its 1-based place in the table, ``weight`` its points.

    Raises:
        EvaluationError: its values cannot be read against each other.
    """
    share = _share(number, row, ground)
    part, why = share.part, share.why
    if row.reduction is not None:
        part -= part * _taken(number, row, row.reduction, share, ground.schema)
        why += f"；按决定调减 {plain(row.reduction.rate)}%（{quoted(row.reduction.decision)}）"
    score = rounded(Fraction(weight) * part)
    words = f"{why}；分值 {plain(weight)}，得 {score} 分。"
    return ScoredRow(number, row, weight, score, words, share.reached, share.bare)


def _share(number: int, row: Row, ground: Ground) -> Share:
    schema, law = ground.schema, ground.law
    if not row.target.strip():
        raise EvaluationError("没有写目标值", where=place(number, row), how="请写 target")
    value = split_value(row.target).value
    if is_number(row):
        # 达到国家3级标准 has a number as well; a tier may judge it, as it may not judge ≥98%.
        if row.tier is not None and value.operator is None:
            return of_quality(number, row, schema)
        if row.tier is not None:
            raise EvaluationError(
                f"目标值{quoted(row.target)}是定量的，不按分档评",
                where=place(number, row),
                how="请写完成值 actual，去掉 tier 和 tier_rate",
            )
        pair = pair_of(number, row, law)
        bands = schema.bands
        if bands is not None and pair.kind == "share" and any(word in row.level1 for word in bands.words):
            return banded(pair, bands)
        return of_quantity(pair, direction_of(row, pair, law), schema)
    if value.kind is Kind.DEADLINE:
        return of_deadline(number, row, schema, ground.year)
    return of_quality(number, row, schema)


def _taken(number: int, row: Row, reduction: Reduction, share: Share, schema: Schema) -> Fraction:
    """The part that a decision takes away, once it is about a row far above its target."""
    if share.reached is None or share.reached * HUNDRED <= schema.over_target:
        raise EvaluationError(
            f"完成值没有超过目标值的 {plain(schema.over_target)}%，不能调减",
            where=place(number, row),
            how="请去掉 reduction",
        )
    return Fraction(reduction.rate) / HUNDRED
