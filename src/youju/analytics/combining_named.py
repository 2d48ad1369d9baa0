"""Combinations of single metrics, and every combination back from its name: who has rows and name needs no catalogue.

A pack of a report's figures carries rows and names alone; whoever checks it has this package and nothing else of the product.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal, localcontext

from youju.analytics.combining import (
    Combination,
    Parts,
    Result,
    average,
    growth,
    herfindahl,
    percent,
    rounded,
    share,
    top_share,
    total,
)

PLAN, PAID = "plan ", "paid "
NOW, BEFORE = "now ", "before "
_MONTH_PART = re.compile(r"(\d{6})（共 (\d+) 个月）")
_ZERO, _FULL = Decimal(0), Decimal(100)
_NAME = re.compile(r"([a-z_]+)\(([^()]*)\)")


def executed(parts: Parts) -> Result:
    """Paid in per cent of the adjusted budget."""
    budget = parts.get("budget")
    if not budget:
        return Result(None, "没有预算，算不出执行率")
    return Result(percent(parts.get("paid", _ZERO), budget))


def utilised(parts: Parts) -> Result:
    """Accepted deliverables in per cent of what was paid."""
    paid = parts.get("paid")
    if not paid:
        return Result(None, "期间内没有付款，算不出成本利用率")
    return Result(percent(parts.get("accepted", _ZERO), paid))


def least_month(parts: Parts) -> Result:
    """The least of months' counts; none where a month is missing. A part says how many months were asked about."""
    counts: dict[str, Decimal] = {}
    asked = 0
    for part, value in parts.items():
        if found := _MONTH_PART.fullmatch(part):
            counts[found[1]], asked = value, int(found[2])
    if not counts:
        return Result(None, "期间内没有导入派遣人员，算不出人数")
    if len(counts) < asked:
        return Result(None, f"期间共 {asked} 个月，只导入了 {len(counts)} 个月，算不出人数")
    return Result(min(counts.values()))


def district_growth(parts: Parts) -> Result:
    """Growth over the same months a year before; none where the months of the two years differ."""
    now = {name.removeprefix(NOW): value for name, value in parts.items() if name.startswith(NOW)}
    before = {name.removeprefix(BEFORE): value for name, value in parts.items() if name.startswith(BEFORE)}
    a_year_on = {str(int(month) + 100) for month in before}
    if not now and not before:
        return Result(None, "期间和上年同期都没有导入全口径统计")
    if odd := sorted(a_year_on ^ set(now)):
        missing = odd[0] if odd[0] in a_year_on else str(int(odd[0]) - 100)
        return Result(None, f"{missing[:4]}-{missing[4:]} 的全口径统计没有导入，两年的月份对不上")
    base = sum(before.values(), _ZERO)
    if not base:
        return Result(None, "上年同期为零，算不出增长率")
    return Result(percent(sum(now.values(), _ZERO) - base, base))


def plan_rate(parts: Parts) -> Result:
    """At each point of the plan: cumulative paid in per cent of planned, at most 100; the mean over the points."""
    planned: dict[str, dict[str, Decimal]] = defaultdict(dict)
    paid: dict[tuple[str, str], Decimal] = {}
    for part, value in parts.items():
        kind, month, project = part.split(" ", 2)
        if kind == PLAN.strip():
            planned[month][project] = value
        else:
            paid[project, month] = value
    rates = []
    for month, projects in sorted(planned.items()):
        whole = sum(projects.values(), _ZERO)
        if not whole:
            continue  # nothing was to be paid by then
        done = sum(
            (v for (project, m), v in paid.items() if project in projects and month[:4] <= m <= month), _ZERO
        )
        with localcontext() as exact:
            exact.prec = 60
            rates.append(min(done * 100 / whole, _FULL))
    if not rates:
        return Result(None, "期间内没有已经过去的支出计划节点")
    with localcontext() as exact:
        exact.prec = 60
        return Result(rounded(sum(rates, _ZERO) / len(rates)))


def mean_of_scores(parts: Parts) -> Result:
    """The mean of scores: each part is a score, its sum how many gave it."""
    from youju.rules.office.surveys.statistics import estimate

    found = estimate({Decimal(level): int(count) for level, count in parts.items()})
    return Result(rounded(found.mean)) if found else Result(None, "答卷太少，算不出满意度")


_WITHOUT: dict[str, Callable[[Parts], Result]] = {
    "executed()": executed,
    "utilised()": utilised,
    "least_month()": least_month,
    "district_growth()": district_growth,
    "plan_rate()": plan_rate,
    "satisfaction(t95)": mean_of_scores,
}
_OF_PARTS: dict[tuple[str, int], Callable[[list[str]], Combination]] = {
    ("herfindahl", 0): lambda _: herfindahl(),
    ("total", 1): lambda words: total(words[0], "部分"),
    ("growth", 2): lambda words: growth(words[0], words[1], "本期", "上期"),
    ("average", 2): lambda words: average(words[0], words[1], "部分", "个数"),
}


def combination_named(name: str) -> Combination | None:
    """The combination of a name as :class:`Combination` writes it; none where this program knows no such one."""
    if name in _WITHOUT:
        return Combination(name, "", _WITHOUT[name])
    found = _NAME.fullmatch(name)
    if not found:
        return None
    kind, words = found[1], [word for word in found[2].split(",") if word]
    if kind == "top_share" and len(words) == 1 and words[0].isdecimal():
        return top_share(int(words[0]))
    if kind == "share" and words:
        return share(*words, label="部分", whole_label="全部")
    make = _OF_PARTS.get((kind, len(words)))
    return make(words) if make else None
