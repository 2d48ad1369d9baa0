"""From a metric's parts to its value: exact decimals, one rounding at the end, a reason where there is no value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

Parts = Mapping[str, Decimal]
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Result:
    """A value (to six places), or none and the reason in Chinese."""

    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Combination:
    """How parts become the value: a name that enters the formula's hash, the formula for people, the function."""

    name: str
    formula: str
    combine: Callable[[Parts], Result]


def total(part: str, label: str) -> Combination:
    """The sum of one part; 0 over nothing."""
    return Combination(f"total({part})", f"{label}之和", lambda parts: Result(parts.get(part, Decimal(0))))


def share(part: str, *others: str, label: str, whole_label: str) -> Combination:
    """``part`` in per cent of all the parts named, which have no row in common; none where there is nothing."""

    def combine(parts: Parts) -> Result:
        whole = sum((parts.get(name, Decimal(0)) for name in (part, *others)), Decimal(0))
        if not whole:
            return Result(None, f"期间内没有{whole_label}，算不出比例")
        return Result(percent(parts.get(part, Decimal(0)), whole))

    return Combination(f"share({','.join((part, *others))})", f"{label} ÷ {whole_label} × 100 %", combine)


def growth(now: str, before: str, label: str, before_label: str) -> Combination:
    """By how many per cent ``now`` lies above ``before``; none where there was nothing before."""

    def combine(parts: Parts) -> Result:
        base = parts.get(before, Decimal(0))
        if not base:
            return Result(None, f"{before_label}为零，算不出增长率")
        return Result(percent(parts.get(now, Decimal(0)) - base, base))

    return Combination(
        f"growth({now},{before})", f"（{label} − {before_label}）÷ {before_label} × 100 %", combine
    )


def average(part: str, count: str, label: str, count_label: str) -> Combination:
    """``part`` for one of ``count``."""

    def combine(parts: Parts) -> Result:
        below = parts.get(count, Decimal(0))
        if not below:
            return Result(None, f"期间内没有{count_label}，算不出平均值")
        return Result(rounded(parts.get(part, Decimal(0)) / below))

    return Combination(f"average({part},{count})", f"{label} ÷ {count_label}", combine)


def top_share(count: int) -> Combination:
    """Share of the ``count`` largest parts in all, in per cent (CR5 where it is five)."""

    def combine(parts: Parts) -> Result:
        whole = sum(parts.values(), Decimal(0))
        if not whole:
            return Result(None, "期间内没有出口，算不出集中度")
        return Result(percent(sum(sorted(parts.values(), reverse=True)[:count], Decimal(0)), whole))

    return Combination(f"top_share({count})", f"最大的 {count} 份 ÷ 全部 × 100 %", combine)


def herfindahl() -> Combination:
    """Herfindahl–Hirschman index: the sum of squared shares in per cent, from near 0 to 10,000."""

    def combine(parts: Parts) -> Result:
        whole = sum(parts.values(), Decimal(0))
        if not whole:
            return Result(None, "期间内没有出口，算不出集中度")
        with localcontext() as exact:
            exact.prec = 60
            squares = sum((part * part for part in parts.values()), Decimal(0))
            return Result(rounded(squares * 10_000 / (whole * whole)))

    return Combination("herfindahl()", "各份所占百分比的平方和（HHI，最高 10 000）", combine)


def percent(part: Decimal, base: Decimal) -> Decimal:
    """``part`` in per cent of ``base``, six places, half up."""
    with localcontext() as exact:
        exact.prec = 60
        return rounded(part * 100 / base)


def rounded(value: Decimal) -> Decimal:
    """Six places, half up, whatever precision the context has."""
    with localcontext() as exact:
        exact.prec = 60
        return value.quantize(PLACES, ROUND_HALF_UP)
