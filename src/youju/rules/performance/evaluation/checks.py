"""The rules EVL-…: what a scored self-evaluation is asked about. They take no points away."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from youju.rules.findings import Finding, Severity
from youju.rules.performance.evaluation.cases import EvaluationCase, RowCase
from youju.rules.performance.evaluation.facts import quoted
from youju.rules.performance.evaluation.points import HUNDRED, per_cent, plain, shown
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.registry import rule

DAY, SICHUAN_DAY = date(2020, 2, 25), date(2023, 1, 1)
ALERTS = "performance.evaluation.mof_2020.alerts"


@rule(
    "EVL-001",
    title="得分高而钱没有花",
    basis="evaluation-systems#checks",
    since=DAY,
    severity=Severity.WARNING,
    scope="evaluation",
    parameters=(ALERTS,),
)
def points_are_earned_with_the_money(case: EvaluationCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """指标得分率不应明显高于预算执行率的得分率（红色预警）。"""
    schema = case.schema
    if not case.indicators:
        return None
    earned = Fraction(case.indicators) / Fraction(schema.indicator_weight)
    spent = Fraction(case.execution) / Fraction(schema.execution_weight)
    gap = (earned - spent) / earned
    if gap * HUNDRED <= schema.gap:
        return None
    return case.says(
        f"红色预警：指标得分率 {per_cent(earned)}，预算执行率的得分率 {per_cent(spent)}，前者高出 {per_cent(gap)}，"
        f"超过 {plain(schema.gap)}%。",
        "请核对完成值；钱没有花而目标都达到了的，说明目标偏低或预算偏多，请写明原因。",
        "total",
    )


@rule(
    "EVL-002",
    title="预算没有执行完",
    basis="evaluation-systems#checks",
    since=DAY,
    severity=Severity.WARNING,
    scope="evaluation",
    parameters=(ALERTS,),
)
def the_budget_is_mostly_spent(case: EvaluationCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """没有执行的预算不应超过规定的比例（黄色预警）。"""
    left = HUNDRED - case.executed_share
    if left <= case.schema.unspent:
        return None
    return case.says(
        f"黄色预警：全年预算数有 {shown(left)}% 没有执行，超过 {plain(case.schema.unspent)}%。",
        "请说明原因，并据此调整下一年的预算。",
        "executed",
    )


@rule(
    "EVL-003",
    title="执行率偏低要说明原因",
    basis="sichuan-form-2023#reasons",
    since=SICHUAN_DAY,
    severity=Severity.WARNING,
    scope="evaluation",
    parameters=("performance.evaluation.sichuan.reason_under",),
)
def a_low_execution_has_a_reason(case: EvaluationCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """预算执行率低于评分办法规定的比例时，要说明原因。"""
    least, budget = case.schema.reason_under, case.facts.budget
    if least is None or case.executed_share >= least or budget.deviation.strip():
        return None
    return case.says(
        f"预算执行率 {shown(case.executed_share)}%，低于 {plain(least)}%，没有说明原因。",
        "请在 budget 里写 deviation。",
        "deviation",
    )


@rule(
    "EVL-004",
    title="执行数不超过全年预算数",
    basis="house-evaluation#reading",
    since=DAY,
    severity=Severity.WARNING,
    scope="evaluation",
)
def no_more_is_spent_than_the_budget(case: EvaluationCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """执行数不应超过调整后的全年预算数。"""
    budget = case.facts.budget
    if budget.executed <= budget.adjusted:
        return None
    return case.says(
        f"执行数 {budget.executed:f} 超过全年预算数 {budget.adjusted:f}，执行率按 {plain(case.schema.execution_cap)}% 计分。",
        "请核对两个数是否同一单位、预算调整是否已经计入。",
        "executed",
    )


@rule(
    "EVL-005",
    title="远超目标要说明原因",
    basis="mof-2020-10#quantities",
    since=DAY,
    severity=Severity.WARNING,
    scope="row",
    parameters=("performance.evaluation.mof_2020.over_target",),
)
def far_above_the_target_has_a_reason(case: RowCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """完成值高出目标值较多的要分析原因，目标定得过低的按偏离程度调减得分。"""
    row, reached, over = case.scored.row, case.scored.reached, case.whole.schema.over_target
    if reached is None or reached * HUNDRED <= over:
        return None
    if row.deviation.strip() or row.reduction is not None:
        return None
    return case.says(
        f"完成值{quoted(row.actual or '')}是目标值{quoted(row.target)}的 {per_cent(reached)}，"
        f"超过 {plain(over)}%，没有说明原因。",
        "请在这一行写 deviation；目标定得过低的，由决定写明调减多少（reduction）。",
        "actual",
    )


@rule(
    "EVL-006",
    title="完成值写明单位",
    basis="house-evaluation#reading",
    since=DAY,
    severity=Severity.HINT,
    scope="row",
)
def an_actual_value_has_its_unit(case: RowCase, law: LawOf) -> Finding | None:  # noqa: ARG001
    """目标值有单位的，完成值也写明单位，以免读错。"""
    if not case.scored.bare:
        return None
    row = case.scored.row
    return case.says(
        f"完成值{quoted(row.actual or '')}没有写单位，按目标值{quoted(row.target)}的单位计分。",
        "请写上单位。",
        "actual",
    )
