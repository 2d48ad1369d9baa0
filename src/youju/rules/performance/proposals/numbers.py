"""Next year's number of a row from what was reached: by growth, never below it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from youju.rules.law import PolicyValue, decimal, names, table
from youju.rules.performance.proposals.facts import Reached
from youju.rules.performance.targets.facts import Indicator
from youju.rules.performance.targets.values import plain

GROWTH, CEILING, WHOLE_UNITS = (
    "performance.proposals.growth",
    "performance.proposals.ceiling",
    "performance.proposals.measured_units",
)
_PLACE, _ONE, _WHOLE = Decimal("0.01"), Decimal(1), Decimal(100)
LawOf = Mapping[str, PolicyValue]


def wants_less(row: Indicator) -> bool:
    """Whether less is better: a sign ≤ or <, or a cost without any sign."""
    if row.value.operator is not None:
        return row.value.operator in ("≤", "<")
    return "成本" in plain(row.level1) or "成本" in plain(row.level2)


def kind_of(unit: str | None) -> str:
    """The kind of a unit as the growth policy names it."""
    if unit in ("%", "‰"):
        return "share"
    if unit is not None and unit.endswith("元"):
        return "money"
    return "count" if unit else "other"


def next_number(row: Indicator, reached: Reached, law: LawOf) -> tuple[Decimal | None, str]:
    """Next year's number and how it came about, in words; ``None`` where the row states no number.

    A target that must be met exactly stays. One that was not reached stays as well: what is asked for is then still more than
    what was reached. Else the reached value grows by the policy (falls, where less is better), a share never above the ceiling.
    """
    if row.value.number is None:
        return None, ""
    target, unit = Decimal(row.value.number), row.value.unit
    base = reached.baseline
    if row.value.operator == "=":
        return target, "要求恰好相等，沿用本年目标"
    if base is None:
        return target, "没有本年完成值，沿用本年目标"
    less = wants_less(row)
    grown = _grown(base, unit, law, less=less)
    if (less and base > target) or (not less and base < target):
        return target, f"本年完成 {told(base)} 没有达到目标 {told(target)}，沿用本年目标"
    number = _whole(grown, unit, law, less=less)
    if kind_of(unit) == "share" and not less:
        number = min(number, decimal(law, CEILING)) if unit == "%" else number
        number = max(number, min(base, decimal(law, CEILING))) if unit == "%" else number
    step = Decimal(str(table(law, GROWTH)[kind_of(unit)]))
    by = "个百分点" if kind_of(unit) == "share" else "%"
    way = "下降" if less else "增长"
    return number, f"以本年完成 {told(base)} 为基数，{way} {told(step)}{by}"


def _grown(base: Decimal, unit: str | None, law: LawOf, *, less: bool) -> Decimal:
    kind = kind_of(unit)
    step = Decimal(str(table(law, GROWTH)[kind]))
    change = step if kind == "share" else abs(base) * step / _WHOLE
    return max(base - change, Decimal(0)) if less else base + change


def _whole(value: Decimal, unit: str | None, law: LawOf, *, less: bool) -> Decimal:
    """What is counted has no fraction; it is rounded to the stricter side, so that the reached value stays within."""
    place = _ONE if unit in names(law, WHOLE_UNITS) else _PLACE
    return value.quantize(place, ROUND_FLOOR if less else ROUND_CEILING)


def told(value: Decimal) -> str:
    """A number as people write it: no needless noughts."""
    return f"{value.normalize():f}" if value else "0"
