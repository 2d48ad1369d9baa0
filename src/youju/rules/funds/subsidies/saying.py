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
    counts, got = counted.counts, f"计 {amount:,} 元。"
    released = f"{days(window)}放行 {len(counted.exports)} 行，出口 {counts.usd:,f} 美元"
    match shape:
        case FlatRate(rate):
            return f"{released}，每 1 美元 {figure(rate)} 元，{got}"
        case Increment(rate, base, threshold, _):
            growth = counts.usd - counts.base_usd
            over = growth_counted(shape, counts)
            told = f"{released}，{days(base)}为 {counts.base_usd:,f} 美元，增加 {growth:,f} 美元"
            if not over:
                floor = f"没有超过 {figure(threshold)} 美元" if threshold else "没有增加"
                return f"{told}，{floor}，{got}"
            return f"{told}，计算 {over:,f} 美元，每 1 美元 {figure(rate)} 元，{got}"
        case Tiers(whole=whole):
            step = step_reached(shape, counts.usd)
            if step is None:
                return f"{released}，没有达到第一档 {figure(shape.steps[0].start)} 美元，{got}"
            how = "全额按该档" if whole else "各段按各自的档"
            return f"{released}，达到 {figure(step.start)} 美元一档，{how}，{got}"
        case PerContainer(rate):
            told = f"{days(window)}放行 {len(counted.exports)} 行，折 {figure(counts.teu)} 标箱"
            return f"{told}，每标箱 {figure(rate)} 元，{got}"
        case CostShare(_, share, _):
            return f"{days(window)}支付 {len(counted.costs)} 笔，共 {counts.cost:,f} 元，按 {percent(share)}，{got}"
        case FirstExport():
            if counts.first:
                return f"首次出口 {counted.exports[0].day}，在 {days(window)}之内，{got}"
            return f"首次出口不在 {days(window)}之内，{got}"
