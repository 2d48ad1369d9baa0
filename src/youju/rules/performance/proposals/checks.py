"""The rules PRO-…: proposed rows, an auditor's marks, and what each item of an audit lost, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, decimal
from youju.rules.performance.proposals.facts import AuditCase, MarkFacts, ProposalFacts
from youju.rules.performance.proposals.marks import BANDS, POINTS, RESULTS, WEIGHTS, audit, item_of
from youju.rules.performance.proposals.numbers import CEILING, told
from youju.rules.performance.targets.facts import Kind
from youju.rules.registry import rule

DAY = date(2020, 1, 1)
METHOD, MEASURABLE = "house-proposals#method", "house-proposals#measurable"
MARKS, AUDIT = "house-proposals#marks", "mof-2015-88#audit"
FAR = "performance.proposals.far_above"
LawOf = Mapping[str, PolicyValue]


def _says(row: ProposalFacts, message: str, suggestion: str, field: str) -> Finding:
    return Finding(f"{row.indicator.level3}：{message}", suggestion, {"row": row.key, "field": field})


def _number(row: ProposalFacts) -> Decimal | None:
    number = row.indicator.value.number
    return None if number is None else Decimal(number)


@rule(
    "PRO-001",
    title="低于已完成值没有理由",
    basis=METHOD,
    since=DAY,
    severity=Severity.ERROR,
    scope="proposal_row",
)
def a_target_is_not_below_what_was_reached(row: ProposalFacts, law: LawOf) -> Finding | None:
    """下年目标低于本年已完成值的，必须写明理由。"""
    number = _number(row)
    if number is None or row.baseline is None or row.reason.strip():
        return None
    # A share cannot be asked for above its ceiling, whatever was reached.
    capped = row.indicator.value.unit == "%" and number >= decimal(law, CEILING)
    kept = number <= row.baseline if row.less else number >= row.baseline or capped
    if row.indicator.value.operator == "=" or kept:
        return None
    return _says(
        row,
        f"目标 {told(number)} 低于本年已完成的 {told(row.baseline)}。",
        "请提高目标，或写明降低的理由。",
        "reason",
    )


@rule("PRO-002", title="修改没有理由", basis=METHOD, since=DAY, severity=Severity.ERROR, scope="proposal_row")
def a_change_has_its_reason(row: ProposalFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """修改系统建议的，必须写明理由。"""
    if not row.edited or row.reason.strip():
        return None
    return _says(row, "改了建议，没有写理由。", "请写明为什么这样改。", "reason")


@rule(
    "PRO-003",
    title="目标不能计量",
    basis=MEASURABLE,
    since=DAY,
    severity=Severity.ERROR,
    scope="proposal_row",
)
def a_number_has_sign_and_unit(row: ProposalFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """定量目标必须写明比较符号、数值和计量单位。"""
    value = row.indicator.value
    if value.kind is not Kind.QUANTITATIVE or (value.number and value.operator and value.unit):
        return None
    lacks = "数值" if not value.number else "比较符号" if not value.operator else "计量单位"
    return _says(
        row, f"“{row.indicator.raw_value}”没有写明{lacks}。", "请写成“≥90%”“≥12家”这样。", "raw_value"
    )


@rule(
    "PRO-004", title="没有指标值", basis=MEASURABLE, since=DAY, severity=Severity.ERROR, scope="proposal_row"
)
def a_row_has_a_value(row: ProposalFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """每个指标都要有指标值。"""
    if row.indicator.raw_value.strip():
        return None
    return _says(row, "没有指标值。", "请填写下年的指标值。", "raw_value")


@rule(
    "PRO-005", title="目标远高于已完成值", basis=METHOD, since=DAY, severity=Severity.WARNING, scope="proposal_row",
    parameters=(FAR,),
)  # fmt: skip
def a_target_is_not_far_above_what_was_reached(row: ProposalFacts, law: LawOf) -> Finding | None:
    """下年目标远高于本年已完成值的，应当说明怎样实现。"""
    number = _number(row)
    if number is None or not row.baseline or row.less or row.reason.strip():
        return None
    over = (number - row.baseline) * 100 / row.baseline
    if over <= decimal(law, FAR):
        return None
    return _says(
        row,
        f"目标 {told(number)} 比本年已完成的 {told(row.baseline)} 高 {told(over.quantize(Decimal(1)))}%。",
        "请核对，确能实现的写明依据。",
        "reason",
    )


@rule("PRO-006", title="审核等级", basis=AUDIT, since=DAY, severity=Severity.WARNING, scope="target_audit",
      parameters=(BANDS, POINTS, WEIGHTS, RESULTS))  # fmt: skip
def targets_reach_the_passing_band(case: AuditCase, law: LawOf) -> Finding | None:
    """绩效目标审核达到优才能直接通过，良、中要修改，差不予通过。"""
    done = audit(case, law)
    if done.band == "优":
        return None
    return Finding(
        f"审核得分 {done.total}，等级是“{done.band}”：{done.verdict}。",
        "请按扣分的理由修改。",
        {"item": None},
    )


@rule("PRO-007", title="评分超出分值", basis=MARKS, since=DAY, severity=Severity.ERROR, scope="audit_mark")
def a_mark_lies_within_its_points(mark: MarkFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """审核人的评分在零和分值之间。"""
    if mark.mark is None or 0 <= mark.mark <= mark.full:
        return None
    return Finding(
        f"{mark.label}的分值是 {told(mark.full)}，填了 {told(mark.mark)}。", "请改正。", {"field": mark.item}
    )


@rule(
    "PRO-008", title="评分不同没有理由", basis=MARKS, since=DAY, severity=Severity.ERROR, scope="audit_mark"
)
def a_differing_mark_has_its_reason(mark: MarkFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """审核人的评分和系统评分不同的，必须写明理由。"""
    if mark.mark is None or mark.mark == mark.own or mark.reason.strip():
        return None
    return Finding(
        f"{mark.label}：系统评 {told(mark.own)}，您评 {told(mark.mark)}，没有写理由。",
        "请写明理由。",
        {"field": f"{mark.item}-reason"},
    )


def _item(code: str, case: AuditCase, law: LawOf) -> Finding | None:
    """What an item lost, in words; its score stands in the place."""
    item = item_of(code, case, law)
    if not item.losses:
        return None
    return Finding(
        f"{item.label} {item.score}/{item.full}：{item.reason}",
        "请按所列的问题修改。",
        {"item": code, "score": str(item.score), "full": str(item.full)},
    )


_ITEM = {"basis": AUDIT, "since": DAY, "severity": Severity.HINT, "scope": "target_audit"}
_BY = (POINTS, WEIGHTS)


@rule("PRO-011", title="规范完整性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def the_form_is_complete(case: AuditCase, law: LawOf) -> Finding | None:
    """绩效目标填报完整、规范，产出、效益、满意度指标齐全。"""
    return _item("form", case, law)


@rule("PRO-012", title="明确清晰性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def targets_are_clear(case: AuditCase, law: LawOf) -> Finding | None:
    """绩效目标明确、清晰，能够以数值、计量单位和分档反映。"""
    return _item("clear", case, law)


@rule("PRO-013", title="目标相关性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def targets_belong_to_the_duties(case: AuditCase, law: LawOf) -> Finding | None:
    """总体目标与部门职能、资金用途和具体项目密切相关。"""
    return _item("relevant", case, law)


@rule("PRO-014", title="指标科学性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def indicators_measure_the_goal(case: AuditCase, law: LawOf) -> Finding | None:
    """绩效指标科学、合理，能够衡量目标的实现程度。"""
    return _item("scientific", case, law)


@rule("PRO-015", title="绩效合理性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def targets_are_neither_too_low_nor_too_high(case: AuditCase, law: LawOf) -> Finding | None:
    """预期绩效显著合理，不低于已经达到的水平，不明显偏离同类。"""
    return _item("reasonable", case, law)


@rule("PRO-016", title="资金匹配性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def targets_fit_the_money(case: AuditCase, law: LawOf) -> Finding | None:
    """绩效目标与项目资金量、支出计划相匹配。"""
    return _item("matched", case, law)


@rule("PRO-017", title="实现可能性", parameters=(*_BY, RESULTS), **_ITEM)  # type: ignore[arg-type]
def targets_can_be_reached(case: AuditCase, law: LawOf) -> Finding | None:
    """绩效目标经过论证，上年自评结果和支出安排支持其实现。"""
    return _item("attainable", case, law)


@rule("PRO-018", title="条件充分性", parameters=_BY, **_ITEM)  # type: ignore[arg-type]
def the_conditions_are_there(case: AuditCase, law: LawOf) -> Finding | None:
    """项目实施的依据、条件充分，可以核实。"""
    return _item("conditions", case, law)
