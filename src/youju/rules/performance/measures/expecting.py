"""What a measure will have come to at the year's end, and by which method that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from youju.rules.law import PolicyValue, names, table
from youju.rules.performance.evaluation.points import plain

ACCUMULATING = "performance.measures.accumulating"
BOUNDS = "performance.measures.forecast"
_PLACES = Decimal("0.000001")
_HUNDRED = Decimal(100)
MONTHS = 12
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The value expected at the year's end in the unit of what it is made of, None where none is made; ``method`` says how."""

    value: Decimal | None
    method: str


def accumulates(metric: str, law: LawOf) -> bool:
    """Whether a metric grows from month to month within a year (a sum ``a + b`` where each does)."""
    known = names(law, ACCUMULATING)
    return all(code.strip() in known for code in metric.split("+"))


def forecast(
    now: Decimal | None,
    months: int,
    *,
    grows: bool,
    law: LawOf,
    last_year: tuple[Decimal | None, Decimal | None] | None = None,
    share: bool = False,
    count: bool = False,
) -> Forecast:
    """Expect the year's value from what it has come to.

    Args:
        now: the value of the year's first ``months`` months; None gives none.
        months: how many months have passed, 1 to 12.
        grows: whether it accumulates.
        law: the bounds.
        last_year: the value of the same months of last year and of the whole of it, where they are known.
        share: whether it is a share of a fixed whole, which cannot pass 100 %.
        count: whether it counts things, so that there are no halves of one.
    """
    if now is None:
        return Forecast(None, "目前没有值，不预测")
    if months >= MONTHS:
        return Forecast(now, "全年已结束，即全年的值")
    if not grows:
        return Forecast(now, "比率或时点指标，按目前的值")
    bounds = table(law, BOUNDS)
    if months < int(str(bounds["months"])):
        return Forecast(None, f"才过 {months} 个月，太早，不预测")
    with localcontext() as exact:
        exact.prec = 60
        part, whole = last_year or (None, None)
        if part is not None and whole is not None and whole > 0:
            passed = part / whole * _HUNDRED
            if Decimal(str(bounds["share"])) <= passed <= _HUNDRED:
                expected = now * whole / part
                near = plain(passed.quantize(Decimal("0.1"), ROUND_HALF_UP))
                return _capped(
                    expected, f"按上年进度：上年前 {months} 个月占全年 {near}%", share=share, count=count
                )
        method = f"按时间进度：{months} 个月外推到 {MONTHS} 个月"
        return _capped(now * MONTHS / months, method, share=share, count=count)


def _capped(value: Decimal, method: str, *, share: bool, count: bool) -> Forecast:
    if share and value > _HUNDRED:
        return Forecast(_HUNDRED, f"{method}，以 100% 为限")
    return Forecast(value.quantize(Decimal(1) if count else _PLACES, ROUND_HALF_UP), method)
