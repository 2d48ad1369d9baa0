"""Names and descriptions of indicators."""

from __future__ import annotations

import re

from youju.rules.findings import Finding, Severity
from youju.rules.law import names
from youju.rules.performance.targets.cases import RowCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf, base
from youju.rules.performance.targets.texts import mentions, tight
from youju.rules.performance.targets.units import UNIT_PATTERN
from youju.rules.performance.targets.values import plain
from youju.rules.registry import rule

RATES = "performance.targets.rate_words"
_UNIT_AT_END = re.compile(rf"(?:[(\[【]\s*(?:单位:)?\s*(?P<unit>{UNIT_PATTERN})\s*[)\]】]|(?P<sign>[%‰]))$")


def is_rate(row: RowCase, law: LawOf) -> bool:
    """Whether name or description call the indicator a rate, a share or a degree."""
    words = names(law, RATES)
    return mentions(row.indicator.level3, words) or mentions(row.indicator.description, words)


@rule(
    "TGT-013",
    title="指标名称里不写计量单位",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="row",
)
def name_holds_no_unit(row: RowCase, _law: LawOf) -> Finding | None:
    """计量单位写在指标值里，不写进三级指标名称。"""
    name = plain(row.indicator.level3)
    found = _UNIT_AT_END.search(name)
    if found is None or not name[: found.start()].strip():
        return None
    unit = found["unit"] or found["sign"]
    return row.says(
        f"三级指标“{row.indicator.level3}”的名称里写了计量单位“{unit}”。",
        f"名称改为“{name[: found.start()].rstrip()}”，单位“{unit}”写在指标值里。",
        "level3",
    )


@rule(
    "TGT-015",
    title="三级指标不照抄二级指标",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
)
def name_is_not_its_level(row: RowCase, _law: LawOf) -> Finding | None:
    """三级指标要写具体衡量什么，不能照抄二级指标的名称。"""
    name = tight(row.indicator.level3)
    if not name or name != tight(row.indicator.level2):
        return None
    return row.says(
        f"三级指标“{row.indicator.level3}”与二级指标同名，没有说明衡量什么。",
        "换成这个项目自己的具体指标；确无此类效益的，整行删去。",
        "level3",
    )


@rule(
    "TGT-016",
    title="描述不照抄三级指标",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="row",
)
def description_says_more_than_the_name(row: RowCase, _law: LawOf) -> Finding | None:
    """绩效指标描述要说明指标的含义、口径或算法，不能照抄三级指标。"""
    description = tight(row.indicator.description)
    if not description or description != tight(row.indicator.level3):
        return None
    return row.says(
        f"描述“{row.indicator.description}”与三级指标相同。",
        "写明口径或算法，例如“按时办结的事项数÷应办结的事项数”。",
        "description",
    )


@rule(
    "TGT-019",
    title="百分数只用于比率",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(RATES, "units"),
)
def percent_belongs_to_a_rate(row: RowCase, law: LawOf) -> Finding | None:
    """用百分数作目标的指标，名称或描述应是比率，否则不知道分子分母是什么。"""
    if not row.measured or base(row, law)[0] != "share" or is_rate(row, law):
        return None
    return row.says(
        f"“{row.indicator.level3}”不是比率，却以“{row.indicator.raw_value}”为目标。",
        "改成有分子分母的比率并在描述里写明算法，或者换用个数、金额等计量单位。",
    )
