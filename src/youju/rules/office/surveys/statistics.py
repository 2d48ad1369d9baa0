"""Mean and 95 % interval of scores, exact decimals, and the difference of two surveys.

The interval is Student's: mean ± t(0.975, n − 1) · s ÷ √n, s with n − 1, cut at 0 and 100. The quantiles are those of the
table in the NIST/SEMATECH e-Handbook, section 1.3.6.7.2 (source ``nist-handbook``); between two rows the smaller number of
degrees holds, so that the interval is never too narrow. No correction for a finite population is made: who leaves a sheet
unanswered is not drawn by lot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

_T = {
    1: "12.706", 2: "4.303", 3: "3.182", 4: "2.776", 5: "2.571", 6: "2.447", 7: "2.365", 8: "2.306", 9: "2.262", 10: "2.228",
    11: "2.201", 12: "2.179", 13: "2.160", 14: "2.145", 15: "2.131", 16: "2.120", 17: "2.110", 18: "2.101", 19: "2.093",
    20: "2.086", 21: "2.080", 22: "2.074", 23: "2.069", 24: "2.064", 25: "2.060", 26: "2.056", 27: "2.052", 28: "2.048",
    29: "2.045", 30: "2.042", 40: "2.021", 60: "2.000", 100: "1.984", 1000: "1.962",
}  # fmt: skip
_ROWS = {degrees: Decimal(value) for degrees, value in _T.items()}
METHOD = "95 % 区间按 t 分布：均值 ± t(0.975, n−1) × 标准差 ÷ √n，截在 0 至 100 之间，不作有限总体修正"


@dataclass(frozen=True, slots=True)
class Estimate:
    """Mean of ``n`` scores (0-100), bounded by ``low`` and ``high`` with 95 % (``None`` below two); ``error``: of the mean."""

    n: int
    mean: Decimal
    low: Decimal | None
    high: Decimal | None
    error: Decimal | None


@dataclass(frozen=True, slots=True)
class Change:
    """By how many points a mean lies above the earlier one; ``certain``: whether 95 % exclude that nothing changed."""

    points: Decimal
    certain: bool | None


def quantile(degrees: int) -> Decimal:
    """t(0.975) of at least one degree of freedom, never smaller than the true one by more than the table's rounding."""
    return _ROWS[max(row for row in _ROWS if row <= degrees)]


def estimate(scores: Mapping[Decimal, int]) -> Estimate | None:
    """Mean and interval; none over nothing.

    Args:
        scores: score (0-100) → how many gave it.
    """
    n = sum(scores.values())
    if n == 0:
        return None
    with localcontext() as exact:
        exact.prec = 40
        mean = sum((score * count for score, count in scores.items()), Decimal(0)) / n
        if n == 1:
            return Estimate(n, mean, None, None, None)
        squares = sum((count * (score - mean) ** 2 for score, count in scores.items()), Decimal(0))
        error = (squares / (n - 1) / n).sqrt()
        reach = quantile(n - 1) * error
        return Estimate(n, mean, max(Decimal(0), mean - reach), min(Decimal(100), mean + reach), error)


def change(now: Estimate, before: Estimate) -> Change:
    """The difference of two surveys that asked different people: certain where it is more than t times its standard error."""
    points = now.mean - before.mean
    if now.error is None or before.error is None:
        return Change(points, None)
    with localcontext() as exact:
        exact.prec = 40
        error = (now.error**2 + before.error**2).sqrt()
        # The smaller sample's degrees: Welch's lie between these and the sum of both.
        return Change(points, abs(points) > quantile(min(now.n, before.n) - 1) * error)


def percent(part: int, whole: int) -> Decimal:
    """``part`` in per cent of ``whole``, which is not 0."""
    return Decimal(part * 100) / whole
