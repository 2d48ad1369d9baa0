"""Clauses and results in Chinese sentences: what a payee, a reviewer and an auditor read."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from youju.rules.funds.subsidies.amounts import growth_counted, step_reached
from youju.rules.funds.subsidies.measuring import Counted
from youju.rules.funds.subsidies.shapes import (
    COSTS,
    CostShare,
    FirstExport,
    FlatRate,
    Increment,
    PerContainer,
    Shape,
    Tiers,
    Window,
)


def figure(number: Decimal) -> str:
    """A number with its thousands apart and no idle zeros behind the point; money keeps what was given."""
    shown = number.normalize() if number != number.to_integral_value() else number.to_integral_value()
    return f"{shown:,f}"


def days(window: Window) -> str:
    """A window by its first and last day."""
    return f"{window.start} 至 {window.end - timedelta(days=1)}"


def percent(share: Decimal) -> str:
    """A share as a per cent."""
    return f"{figure(share.scaleb(2))}%"


def of_shape(shape: Shape) -> str:
    """What a clause gives, in one sentence without its full stop."""
    match shape:
        case FlatRate(rate):
            return f"期间内出口每 1 美元补贴 {figure(rate)} 元"
        case Increment(rate, base, threshold, deductible):
            over = f"超过 {figure(threshold)} 美元" if threshold else ""
            part = "，只补超出部分" if deductible and threshold else ("，增量全部计算" if threshold else "")
            return f"出口比 {days(base)} 增加{over}的，增量每 1 美元补贴 {figure(rate)} 元{part}"
        case Tiers(steps, whole):
            told = "；".join(
                f"{figure(step.start)} 美元起"
                + (f"每 1 美元 {figure(step.rate)} 元" if step.rate else "")
                + (f"奖励 {figure(step.amount)} 元" if step.amount else "")
                for step in steps
            )
            return f"{told}（{'达到一档，全额按该档' if whole else '各段按各自的档'}）"
        case PerContainer(amount):
            return f"每标箱补贴 {figure(amount)} 元"
        case CostShare(kinds, share, each_cap):
            named = "、".join(COSTS[kind] for kind in kinds)
            most = f"，每笔不超过 {figure(each_cap)} 元" if each_cap is not None else ""
            return f"{named}按 {percent(share)} 补贴{most}"
        case FirstExport(amount):
            return f"期间内首次出口的奖励 {figure(amount)} 元"


def of_line(shape: Shape, window: Window, counted: Counted, amount: Decimal) -> str:
    """How an amount came about, with its figures, in one sentence."""
    counts = counted.counts
    match shape:
        case FlatRate(rate):
            how = f"{_released(window, counted)}，每 1 美元 {figure(rate)} 元"
        case Increment():
            how = _grown(shape, window, counted)
        case Tiers():
            how = _in_steps(shape, window, counted)
        case PerContainer(rate):
            lines = f"{days(window)}放行 {len(counted.exports)} 行，折 {figure(counts.teu)} 标箱"
            how = f"{lines}，每标箱 {figure(rate)} 元"
        case CostShare(_, share, _):
            paid = f"{days(window)}支付 {len(counted.costs)} 笔，共 {counts.cost:,f} 元"
            how = f"{paid}，按 {percent(share)}"
        case FirstExport():
            within = f"在 {days(window)}之内"
            how = f"首次出口 {counted.exports[0].day}，{within}" if counts.first else f"首次出口不{within}"
    return f"{how}，计 {amount:,} 元。"


def _released(window: Window, counted: Counted) -> str:
    return f"{days(window)}放行 {len(counted.exports)} 行，出口 {counted.counts.usd:,f} 美元"


def _grown(shape: Increment, window: Window, counted: Counted) -> str:
    counts, over = counted.counts, growth_counted(shape, counted.counts)
    told = f"{_released(window, counted)}，{days(shape.base)}为 {counts.base_usd:,f} 美元"
    if over:
        grown = f"增加 {counts.usd - counts.base_usd:,f} 美元，计算 {over:,f} 美元"
        return f"{told}，{grown}，每 1 美元 {figure(shape.rate)} 元"
    return (
        f"{told}，增加的没有超过 {figure(shape.threshold)} 美元" if shape.threshold else f"{told}，没有增加"
    )


def _in_steps(shape: Tiers, window: Window, counted: Counted) -> str:
    step = step_reached(shape, counted.counts.usd)
    if step is None:
        return f"{_released(window, counted)}，没有达到第一档 {figure(shape.steps[0].start)} 美元"
    how = "全额按该档" if shape.whole else "各段按各自的档"
    return f"{_released(window, counted)}，达到 {figure(step.start)} 美元一档，{how}"
