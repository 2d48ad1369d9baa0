"""Timeliness that names a day, and indicators that only follow the money."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.law import names
from youju.rules.performance.targets.cases import RowCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LEVELS, LawOf, is_level
from youju.rules.performance.targets.facts import Kind
from youju.rules.performance.targets.periods import has_date
from youju.rules.performance.targets.texts import mentions
from youju.rules.performance.targets.values import plain
from youju.rules.registry import rule

SPANS = "performance.targets.timeliness_words"
FLOWS = "performance.targets.fund_flow_words"


@rule(
    "TGT-017",
    title="时效指标写明日期或时限",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(LEVELS, SPANS),
)
def timeliness_names_a_day(row: RowCase, law: LawOf) -> Finding | None:
    """时效指标要写明完成日期或时限，可以写在指标值、描述或名称里。"""
    indicator = row.indicator
    if not indicator.raw_value.strip() or not is_level(row, "timeliness", law):
        return None
    if indicator.value.kind is Kind.DEADLINE or indicator.value.unit in names(law, SPANS):
        return None
    if has_date(plain(f"{indicator.raw_value}；{indicator.description}；{indicator.level3}")):
        return None
    return row.says(
        f"时效指标“{indicator.level3}”的值“{indicator.raw_value}”没有日期或时限。",
        "写成“2023年12月底前”这样的完成日期，或“≤30个工作日”这样的时限。",
    )


@rule(
    "TGT-023",
    title="资金拨付不充当质量或时效",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=(LEVELS, FLOWS),
)
def money_flow_is_no_output(row: RowCase, law: LawOf) -> Finding | None:
    """质量和时效衡量的是产出，资金发放、拨款、支付的比例另由预算执行率反映。"""
    level = next((name for name in ("quality", "timeliness") if is_level(row, name, law)), None)
    if level is None or not mentions(row.indicator.level3, names(law, FLOWS)):
        return None
    label = "质量" if level == "quality" else "时效"
    better = "验收合格率、符合条件企业占比" if level == "quality" else "审核公示完成日期、项目完工日期"
    return row.says(
        f"“{row.indicator.level3}”反映资金拨付，不是产出的{label}。",
        f"换成产出本身的{label}指标，例如{better}。",
        "level3",
    )
