"""The part of its points that a row has earned whose target is no number: a tier, or a day that was kept."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from youju.rules.performance.evaluation.deadlines import in_time, last_day
from youju.rules.performance.evaluation.facts import EvaluationError, Row, place, quoted
from youju.rules.performance.evaluation.points import HUNDRED, plain
from youju.rules.performance.evaluation.schemas import Schema, Tier
from youju.rules.performance.evaluation.shares import Share


def of_quality(number: int, row: Row, schema: Schema) -> Share:
    """A qualitative row: the rate that its tier was given.

    Raises:
        EvaluationError: no tier, an unknown one, no rate, or a rate outside the tier.
    """
    if row.tier is None:
        raise EvaluationError(
            f"目标值{quoted(row.target)}不是一个数，没有写分档",
            where=place(number, row),
            how=f"请写 tier（{'、'.join(schema.tiers)}）和 tier_rate",
        )
    return _in_tier(number, row, schema, "定性指标")


def of_deadline(number: int, row: Row, schema: Schema, year: int | None) -> Share:
    """A row whose target is a day: in time, all; late, what its tier says, else what the schema gives for it.

    Raises:
        EvaluationError: a side from which no day can be read and no tier; a tier that contradicts the days.
    """
    due = last_day(row.target, year)
    done = last_day(row.actual, year) if row.actual else None
    if row.tier is not None:
        share = _in_tier(number, row, schema, "时限指标")
        best = next(iter(schema.tiers))
        if due is not None and done is not None and in_time(done, due) != (row.tier == best):
            raise EvaluationError(
                f"{done.said}完成，期限是 {due.said}，与分档 {row.tier} 矛盾",
                where=place(number, row),
                how="请改正日期，或者改分档",
            )
        return share
    if due is None or done is None:
        missing = f"目标值{quoted(row.target)}" if due is None else f"完成值{quoted(row.actual or '')}"
        raise EvaluationError(
            f"{missing}读不出一个日期", where=place(number, row), how="请写完成日期，或者写 tier 和 tier_rate"
        )
    head = f"时限指标，{done.said}完成，期限 {due.said}"
    if in_time(done, due):
        return Share(Fraction(1), f"{head}；按期，得满分")
    late = schema.late_share
    return Share(Fraction(late) / HUNDRED, f"{head}；晚了，没有写分档，得分率 {plain(late)}%")


def _in_tier(number: int, row: Row, schema: Schema, kind: str) -> Share:
    tier, rate = _tier_of(number, row, schema)
    why = f"{kind}，评为“{tier.label}”一档（{tier.range}）；得分率 {plain(rate)}%"
    return Share(Fraction(rate) / HUNDRED, why)


def _tier_of(number: int, row: Row, schema: Schema) -> tuple[Tier, Decimal]:
    where = place(number, row)
    tier = schema.tiers.get(row.tier or "")
    if tier is None:
        have = "、".join(schema.tiers)
        raise EvaluationError(f"没有分档{quoted(row.tier or '')}", where=where, how=f"可以写 {have}")
    rate = row.tier_rate
    if rate is None:
        how = f"请写 tier_rate，在 {tier.range} 之间"
        raise EvaluationError(f"写了分档 {tier.code}，没有写得分率", where=where, how=how)
    if not tier.holds(rate):
        how = f"{tier.code} 应在 {tier.range} 之间"
        raise EvaluationError(f"得分率 {plain(rate)}% 不在“{tier.label}”一档", where=where, how=how)
    return tier, rate
