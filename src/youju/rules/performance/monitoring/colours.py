"""The four colours (四色预警) of execution and of targets, and how much of a target is expected to be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from youju.rules.law import PolicyValue, table
from youju.rules.performance.monitoring.facts import Expected

GREEN, BLUE, YELLOW, RED = "green", "blue", "yellow", "red"
COLOURS: Final = {GREEN: "绿色", BLUE: "蓝色", YELLOW: "黄色", RED: "红色"}
MEANINGS: Final = {GREEN: "正常", BLUE: "关注", YELLOW: "预警", RED: "严重偏离"}
EXECUTION, TARGETS = "performance.monitoring.execution_behind", "performance.monitoring.targets_behind"
_PLACE, _WHOLE, _NONE, _MONTHS = Decimal("0.01"), Decimal(100), Decimal(0), 12
LawOf = Mapping[str, PolicyValue]


def by_time(month: int) -> Decimal:
    """Progress in proportion to time (序时进度) at the end of a month, in per cent."""
    return (_WHOLE * month / _MONTHS).quantize(_PLACE, ROUND_HALF_UP)


def rate_of(executed: Decimal, budget: Decimal) -> Decimal | None:
    """Executed in per cent of the budget; ``None`` for a budget of zero."""
    return (executed * _WHOLE / budget).quantize(_PLACE, ROUND_HALF_UP) if budget else None


def execution_colour(rate: Decimal | None, month: int, law: LawOf) -> str:
    """The colour of spending: how many points it lags behind time; empty where there is no rate."""
    return "" if rate is None else _colour(by_time(month) - rate, EXECUTION, law)


def target_colour(share: Decimal | None, law: LawOf) -> str:
    """The colour of a row: how far what is expected falls short of its target; empty where nothing can be compared."""
    return "" if share is None else _colour(_WHOLE - share, TARGETS, law)


def worst(colours: Iterable[str]) -> str:
    """The gravest of several colours; empty without any."""
    order = list(COLOURS)
    return max((each for each in colours if each), key=order.index, default="")


def wants_less(row: Expected) -> bool:
    """Whether less is better: a sign ≤ or <, or a cost without any sign."""
    if row.operator is not None:
        return row.operator in ("≤", "<")
    return "成本" in row.level1 or "成本" in row.level2


def share_of(row: Expected) -> Decimal | None:
    """What is expected in per cent of the target, by the row's direction, not capped; ``None`` where it cannot be said.

    A row that must be equal loses what it deviates by, either way. A target of zero of which less is better is reached by zero
    alone. A qualitative row counts its tier's rate.
    """
    if row.number is None:
        return row.tier_rate
    if row.forecast is None:
        return None
    target, forecast = row.number, row.forecast
    if row.operator == "=":
        off = abs(forecast - target)
        lost = off * _WHOLE / abs(target) if target else _WHOLE if off else _NONE
        return _told(max(_NONE, _WHOLE - lost))
    if wants_less(row):
        reached, part, whole = forecast <= target, target, forecast
    else:
        reached, part, whole = forecast >= target, forecast, target
    if reached and (wants_less(row) or target <= 0):
        return _WHOLE
    return _told(max(_NONE, part * _WHOLE / whole)) if whole > 0 else _NONE


def _colour(behind: Decimal, policy: str, law: LawOf) -> str:
    limits = table(law, policy)
    for colour in (RED, YELLOW, BLUE):
        if behind >= Decimal(str(limits[colour])):
            return colour
    return GREEN


def _told(value: Decimal) -> Decimal:
    return value.quantize(_PLACE, ROUND_HALF_UP)
