"""Comparison signs that point the wrong way."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names
from youju.rules.performance.targets.cases import RowCase
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

SAVINGS = "performance.targets.saving_words"


@rule(
    "TGT-036",
    title="比较符号与指标含义同向",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(LEVELS, HIGH, LOW, SAVINGS, "units"),
)
def sign_points_the_right_way(row: RowCase, law: LawOf) -> Finding | None:
    """成本和投诉率一类越少越好的指标用 ≤，满意度和完成率一类越多越好的指标用 ≥。"""
    operator, name = row.indicator.value.operator, row.indicator.level3
    if operator not in UP | DOWN or not row.measured or mentions(name, names(law, SAVINGS)):
        return None
    kind = base(row, law)[0]
    less = is_low(row, law) or (is_level(row, "cost", law) and kind == "money")
    more = not less and kind == "share" and is_high(row, law)
    if not (less and operator in UP) and not (more and operator in DOWN):
        return None
    sign = "≤" if less else "≥"
    value = row.indicator.value
    return row.says(
        f"“{name}”{'越少' if less else '越多'}越好，指标值却写成“{row.indicator.raw_value}”。",
        f"改为“{sign}{value.number}{value.unit or ''}”。",
    )
