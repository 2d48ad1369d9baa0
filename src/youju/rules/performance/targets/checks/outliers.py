"""Targets that stand far off their siblings in the same document."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal, names, whole
from youju.rules.performance.targets.cases import DocumentCase, RowCase
from youju.rules.performance.targets.checks.places import (
    DOWN,
    FORM_DAY,
    HIGH,
    LEVELS,
    LOW,
    UP,
    LawOf,
    base,
    is_high,
    is_level,
    is_low,
)
from youju.rules.performance.targets.texts import mentions
from youju.rules.registry import rule

DISTANCE = "performance.targets.outlier_distance"
SIBLINGS = "performance.targets.outlier_siblings"
SPREAD = "performance.targets.spread_share_names"


@rule(
    "TGT-020",
    title="目标值不明显偏离同类指标",
    basis="house#thresholds",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="document",
    parameters=(DISTANCE, SIBLINGS, SPREAD, HIGH, LOW, LEVELS, "units"),
)
def target_is_no_outlier(document: DocumentCase, law: LawOf) -> Iterator[Finding]:
    """同一份文件里同类比率指标的目标值，不应比别的低出（投诉率一类则是高出）一大截。

    Satisfaction is compared with satisfaction, and where there is too little of it with every rate that is
    no growth or share; other rates whose target normally lies near one hundred among themselves; rates where
    less is better among themselves, in the other direction.
    """
    shares = [row for row in document.rows if row.measured and base(row, law)[0] == "share"]
    upward = [row for row in shares if row.indicator.value.operator not in DOWN and not is_low(row, law)]
    pleased = [row for row in upward if is_level(row, "satisfaction", law)]
    satisfied = {id(row) for row in pleased}
    others = [row for row in upward if id(row) not in satisfied]
    high = [row for row in others if is_high(row, law)]
    low = [row for row in shares if row.indicator.value.operator not in UP and is_low(row, law)]
    spread = [row for row in others if not mentions(row.indicator.level3, names(law, SPREAD))]
    few = len(pleased) <= whole(law, SIBLINGS)
    yield from _off(pleased, pleased + spread if few else pleased, law, lower=True)
    yield from _off(high, high, law, lower=True)
    yield from _off(low, low, law, lower=False)


def _off(rows: list[RowCase], siblings: list[RowCase], law: LawOf, *, lower: bool) -> Iterator[Finding]:
    values = sorted(base(row, law)[1] for row in siblings)
    if len(values) <= whole(law, SIBLINGS):
        return
    for row in rows:
        own = base(row, law)[1]
        usual = _median_without(values, own)
        gap = usual - own if lower else own - usual
        if gap >= decimal(law, DISTANCE):
            yield row.says(
                f"“{row.indicator.level3}”的目标“{row.indicator.raw_value}”比同类指标的中位数"
                f" {usual:f}% {'低' if lower else '高'} {gap:f} 个百分点，疑为误填。",
                f"核对是否漏写或错写数字；同类指标多为“{'≥' if lower else '≤'}{usual:f}%”。",
            )


def _median_without(ordered: list[Decimal], value: Decimal) -> Decimal:
    """The median of a sorted list without one of its values."""
    gone = bisect_left(ordered, value)
    count = len(ordered) - 1

    def at(place: int) -> Decimal:
        return ordered[place if place < gone else place + 1]

    middle = at(count // 2)
    found = middle if count % 2 else (at(count // 2 - 1) + middle) / 2
    return found.normalize() if found else found
