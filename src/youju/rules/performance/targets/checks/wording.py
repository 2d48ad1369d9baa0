"""How a value is written: comparison, unit, tiers, nothing besides."""

from __future__ import annotations

import re

from youju.rules.findings import Finding, Severity
from youju.rules.law import names, whole
from youju.rules.performance.targets.cases import RowCase
from youju.rules.performance.targets.checks.naming import RATES, is_rate
from youju.rules.performance.targets.checks.places import (
    FORM_DAY,
    LEVELS,
    LOW,
    TIERS_DAY,
    LawOf,
    is_level,
    is_low,
)
from youju.rules.performance.targets.facts import Kind
from youju.rules.performance.targets.texts import bare
from youju.rules.performance.targets.values import plain
from youju.rules.registry import rule

TIER_COUNT = "performance.targets.tier_count"
TIER_WORDS = "performance.targets.tier_words"
TIER_NAMES = "performance.targets.tier_names"
_PIECES = re.compile(r"[（()）\[\]【】/／、；;，,|：:。\s]+")
_SHORTEST_NAME = 2


def repeats_name(row: RowCase) -> bool:
    """Whether the text beside the number is the indicator's own name."""
    residue = bare(row.parts.residue)
    own = (bare(row.indicator.level3), bare(row.indicator.description))
    return any(len(name) >= _SHORTEST_NAME and name in residue for name in own)


@rule(
    "TGT-010",
    title="数值写明比较符号",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(LEVELS, LOW),
)
def number_has_a_comparison(row: RowCase, law: LawOf) -> Finding | None:
    """定量指标的数值前要写 ≥、≤、＝ 等比较符号，否则评价时不知道多好还是少好。"""
    value = row.indicator.value
    if not row.measured or value.operator is not None:
        return None
    sign = "≤" if is_level(row, "cost", law) or is_low(row, law) else "≥"
    stated = f"{value.number}{value.unit or ''}"
    return row.says(
        f"指标值“{row.indicator.raw_value}”没有比较符号。",
        f"写成“{sign}{stated}”；要求恰好相等时写“={stated}”。",
    )


@rule(
    "TGT-011",
    title="数值写明计量单位",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(RATES,),
)
def number_has_a_unit(row: RowCase, law: LawOf) -> Finding | None:
    """定量指标的数值后要写计量单位，否则 96 是百分数还是个数无从知道。

    A value that repeats the indicator's name instead of a unit is the matter of TGT-012.
    """
    value = row.indicator.value
    if not row.measured or value.unit is not None or repeats_name(row):
        return None
    stated = f"{value.operator or ''}{value.number}"
    return row.says(
        f"指标值“{row.indicator.raw_value}”没有计量单位。",
        f"写成“{stated}%”。"
        if is_rate(row, law)
        else f"在 {value.number} 后补上计量单位（个、家、次、万元……）。",
    )


@rule(
    "TGT-012",
    title="指标值不重复指标名称",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(RATES,),
)
def value_does_not_repeat_the_name(row: RowCase, law: LawOf) -> Finding | None:
    """指标值只写比较符号、数值和计量单位，不再重复指标名称。"""
    value = row.indicator.value
    if not row.measured or not repeats_name(row):
        return None
    stated = f"{value.operator or ''}{value.number}"
    lacks = "" if value.unit else "，并且没有计量单位"
    if value.unit or is_rate(row, law):
        mend = f"写成“{stated}{value.unit or '%'}”。"
    else:
        mend = f"去掉名称，在“{stated}”后补上计量单位；“{row.indicator.level3}”不是比率，请换成可计量的指标。"
    return row.says(f"指标值“{row.indicator.raw_value}”重复了指标名称{lacks}。", mend)


@rule(
    "TGT-014",
    title="定性指标写明分档",
    basis="mof-2020-10#tiers",
    since=TIERS_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(TIER_COUNT, TIER_WORDS, TIER_NAMES),
)
def qualitative_value_has_tiers(row: RowCase, law: LawOf) -> Finding | None:
    """定性指标要在指标值或描述里写明分档，自评才能按档给分。

    Tiers count wherever they are listed, e.g. ``显著提高（达成/部分达成/未达成）`` or 优、良、中、差 in the
    description.
    """
    indicator = row.indicator
    if indicator.value.kind is not Kind.QUALITATIVE or not indicator.raw_value.strip():
        return None
    need = whole(law, TIER_COUNT)
    if len(tiers(f"{indicator.raw_value}；{indicator.description}", law)) >= need:
        return None
    said = indicator.raw_value.strip()
    return row.says(
        f"定性指标值“{said}”没有分档。",
        f"写成“{said}（达成/部分达成/未达成）”，或在描述里写明 {need} 档各是什么情形。",
    )


def tiers(text: str, law: LawOf) -> set[str]:
    """The different tiers listed in a text, each by the policy word that it begins with."""
    words = sorted(names(law, TIER_WORDS), key=len, reverse=True)
    alone = names(law, TIER_NAMES)
    found = set()
    for piece in _PIECES.split(plain(text)):
        label = piece.rstrip("0123456789.%-—~≥≤<>=") or piece
        begins = next((word for word in words if label.startswith(word)), None)
        if label in alone or begins:
            found.add(label if label in alone else str(begins))
    return found


@rule(
    "TGT-034",
    title="一个指标只写一个数值",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
)
def value_states_one_number(row: RowCase, _law: LawOf) -> Finding | None:
    """一个指标值里写了区间或几个数，评价时没有唯一的目标可比。"""
    if not row.parts.several:
        return None
    return row.says(
        f"指标值“{row.indicator.raw_value}”写了区间或不止一个数。",
        "只留一个目标数，区间的上下限分成两行指标。",
    )
