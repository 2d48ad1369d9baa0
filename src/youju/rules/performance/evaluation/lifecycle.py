"""The lives of a self-evaluation, of the department's evaluation and of a key evaluation, as tables.

Four people of a self-evaluation: the section fills it in, the performance officer checks, the head approves, finance checks
again; nobody does two of these in one round. What was approved is never edited: it is sent back and begins a new round.
"""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

SELF_KIND, DEPARTMENT_KIND, KEY_KIND = "evaluation.self", "evaluation.department", "evaluation.key"
FILLING, SUBMITTED, CHECKED, APPROVED, RECHECKED, APPLIED = (
    "filling",
    "submitted",
    "checked",
    "approved",
    "rechecked",
    "applied",
)
_DAY, _ROOM = date(2020, 2, 25), "performance.evaluation"
_FILL, _CHECK, _APPROVE, _RECHECK = (
    "evaluation.fill",
    "evaluation.check",
    "evaluation.approve",
    "evaluation.recheck",
)

SELF_FLOW = Flow(
    code=SELF_KIND,
    title="绩效自评",
    since=_DAY,
    initial=FILLING,
    states=(
        State(FILLING, "填报中", _FILL, f"{_ROOM}.fill_days"),
        State(SUBMITTED, "待审核", _CHECK, f"{_ROOM}.check_days"),
        State(CHECKED, "待批准", _APPROVE, f"{_ROOM}.approve_days"),
        State(APPROVED, "待复核", _RECHECK, f"{_ROOM}.recheck_days"),
        State(RECHECKED, "待应用", _CHECK, f"{_ROOM}.apply_days"),
        State(APPLIED, "结果已应用", final=True),
    ),
    transitions=(
        Transition("submit", "提交", (FILLING,), SUBMITTED, _FILL),
        Transition("check", "审核通过", (SUBMITTED,), CHECKED, _CHECK, not_by=("submit",)),
        Transition("approve", "批准", (CHECKED,), APPROVED, _APPROVE, not_by=("submit", "check")),
        Transition("recheck", "复核完成", (APPROVED,), RECHECKED, _RECHECK, not_by=("submit", "check", "approve")),
        Transition("apply", "应用结果", (RECHECKED,), APPLIED, _CHECK),
        Transition("return_submitted", "退回修改", (SUBMITTED,), FILLING, _CHECK, reason_required=True, returns=True),
        Transition("return_checked", "退回修改", (CHECKED,), FILLING, _APPROVE, reason_required=True, returns=True),
        Transition("return_approved", "退回修改", (APPROVED,), FILLING, _RECHECK, reason_required=True, returns=True),
        Transition("withdraw", "撤回", (SUBMITTED,), FILLING, _FILL, reason_required=True, returns=True, own="submit"),
    ),
)  # fmt: skip
STATES = {state.code: state.label for state in SELF_FLOW.states}
FROZEN = (SUBMITTED, CHECKED, APPROVED, RECHECKED, APPLIED)
"""States in which the figures are frozen."""
RETURNS = frozenset({"return_submitted", "return_checked", "return_approved", "withdraw"})

DRAFTED, CONFIRMED = "drafted", "confirmed"
DEPARTMENT_FLOW = Flow(
    code=DEPARTMENT_KIND,
    title="部门整体绩效评价",
    since=_DAY,
    initial=DRAFTED,
    states=(
        State(DRAFTED, "待确认", _APPROVE, f"{_ROOM}.approve_days"),
        State(CONFIRMED, "已确认", final=True),
    ),
    transitions=(Transition("confirm", "确认", (DRAFTED,), CONFIRMED, _APPROVE),),
)
DEPARTMENT_STATES = {state.code: state.label for state in DEPARTMENT_FLOW.states}

SCORING, CLOSED = "scoring", "closed"
KEY_FLOW = Flow(
    code=KEY_KIND,
    title="重点评价",
    since=_DAY,
    initial=SCORING,
    states=(
        State(SCORING, "专家评分中", "evaluation.score", f"{_ROOM}.recheck_days"),
        State(CLOSED, "已完成", final=True),
    ),
    transitions=(Transition("close", "完成评价", (SCORING,), CLOSED, "evaluation.score"),),
)
KEY_STATES = {state.code: state.label for state in KEY_FLOW.states}
