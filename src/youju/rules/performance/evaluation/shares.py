"""The part of its points that a row of numbers has earned: by ratio, or by the step of a schema that has steps."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from youju.rules.performance.evaluation.directions import Direction
from youju.rules.performance.evaluation.points import HUNDRED, per_cent, plain
from youju.rules.performance.evaluation.quantities import Pair
from youju.rules.performance.evaluation.schemas import Bands, Schema


@dataclass(frozen=True, slots=True)
class Share:
    """The part of its points that a row has earned, between 0 and 1, and why.

    ``reached`` is actual / target where more is better and the target is above zero; ``bare`` as in :class:`Pair`.
    """

    part: Fraction
    why: str
    reached: Fraction | None = None
    bare: bool = False


def of_quantity(pair: Pair, way: Direction, schema: Schema) -> Share:
    """Reached: all; else actual / target, or target / actual where less is better; never more than the cap."""
    target, actual = pair.target, pair.actual
    cap = Fraction(schema.quantity_cap) / HUNDRED
    reached = actual / target if not way.less and target > 0 else None
    part, ended = _ended(target, actual, way, cap)
    if part == cap and reached is not None and reached > cap:
        ended += f"（完成值是目标值的 {per_cent(reached)}，得分以 {plain(schema.quantity_cap)}% 封顶）"
    return Share(part, f"定量指标，{way.why}{pair.said}；{ended}", reached, pair.bare)


def _ended(target: Fraction, actual: Fraction, way: Direction, cap: Fraction) -> tuple[Fraction, str]:
    """The part of the points and how it ended."""
    if actual == target:
        return cap, "等于目标值，不算超过，按比例仍得满分" if way.strict else "达到目标，得满分"
    if (actual < target) == way.less:
        return cap, "达到目标，得满分"
    if target <= 0:
        # A share of nothing, or of a fall, says nothing: -8 is 160 % of -5.
        return Fraction(0), "没有达到目标，目标值不是正数，不能按比例计分，不得分"
    if actual < 0:
        return Fraction(0), "没有达到目标，完成值是负数，不得分"
    ratio, said = (target / actual, "目标值÷完成值") if way.less else (actual / target, "完成值÷目标值")
    return min(cap, ratio), f"没有达到目标，按{said}＝{per_cent(ratio)} 计分"


def banded(pair: Pair, bands: Bands) -> Share:
    """The step in which the actual value lies; the target does not count."""
    head = f"满意度按区间评分{pair.said}"
    for least, share in bands.shares:
        if pair.actual >= least:
            why = f"{head}；在 {plain(least)}%（含）以上一档，得分率 {plain(share)}%"
            return Share(Fraction(share) / HUNDRED, why, bare=pair.bare)
    return Share(Fraction(0), f"{head}；低于各档，不得分", bare=pair.bare)
