"""The lives of a monitoring round and of a rectification order, as tables."""

from __future__ import annotations

from datetime import date
from typing import Final

from youju.rules.workflow import Flow, State, Transition

ROUND_KIND, ORDER_KIND, SUSPENSION_KIND = (
    "monitoring.round",
    "monitoring.order",
    "monitoring.suspension",
)
_DAY = date(2020, 1, 1)
_EDIT, _REPLY, _APPROVE = "monitoring.edit", "monitoring.reply", "monitoring.approve"
_ORDER, _VERIFY = "monitoring.order", "monitoring.verify"

DRAFT, FILLING, FILLED, SUBMITTED = "draft", "filling", "filled", "submitted"
APPROVED, CLOSED, DROPPED = "approved", "closed", "dropped"
WRITABLE: Final = (DRAFT, FILLING, FILLED)
"""States in which causes and measures may be written."""

ROUND_FLOW = Flow(
    code=ROUND_KIND,
    title="运行监控",
    since=_DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, "起草", _EDIT, "performance.monitoring.draft_days"),
        State(FILLING, "科室填报", _REPLY, "performance.monitoring.fill_days"),
        State(FILLED, "待提交", _EDIT, "performance.monitoring.draft_days"),
        State(SUBMITTED, "待批准", _APPROVE, "performance.monitoring.approve_days"),
        State(APPROVED, "已批准"),
        State(CLOSED, "已办结", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("send_out", "发科室填报", (DRAFT,), FILLING, _EDIT),
        Transition("fill", "填报完毕", (FILLING,), FILLED, _REPLY),
        Transition("call_in", "收回填报", (FILLING, FILLED), DRAFT, _EDIT, returns=True),
        Transition("submit", "提交批准", (DRAFT, FILLING, FILLED), SUBMITTED, _EDIT),
        Transition("approve", "批准", (SUBMITTED,), APPROVED, _APPROVE, not_by=("submit",)),
        Transition("return", "退回", (SUBMITTED,), FILLING, _APPROVE, reason_required=True, returns=True),
        Transition("take_back", "撤回", (SUBMITTED,), FILLED, _EDIT, returns=True, own="submit"),
        Transition("close", "办结", (APPROVED,), CLOSED, _EDIT),
        Transition("drop", "作废", WRITABLE, DROPPED, _EDIT, reason_required=True),
    ),
)

ISSUED, REPLIED, VERIFIED, WITHDRAWN = "issued", "replied", "verified", "withdrawn"
OPEN: Final = (ISSUED, REPLIED)
"""States in which an order counts as open."""

ORDER_FLOW = Flow(
    code=ORDER_KIND,
    title="整改通知",
    since=_DAY,
    initial=ISSUED,
    states=(
        State(ISSUED, "整改中", _REPLY, "performance.monitoring.rectify_days"),
        State(REPLIED, "待核实", _VERIFY, "performance.monitoring.verify_days"),
        State(VERIFIED, "已核实", final=True),
        State(WITHDRAWN, "已撤销", final=True),
    ),
    transitions=(
        Transition("reply", "提交整改回复", (ISSUED,), REPLIED, _REPLY),
        Transition("verify", "核实通过", (REPLIED,), VERIFIED, _VERIFY, not_by=("reply",)),
        Transition("refuse", "核实不通过", (REPLIED,), ISSUED, _VERIFY, reason_required=True, not_by=("reply",), returns=True),
        Transition("take_back", "撤回回复", (REPLIED,), ISSUED, _REPLY, reason_required=True, returns=True, own="reply"),
        Transition("withdraw", "撤销", (ISSUED,), WITHDRAWN, _ORDER, reason_required=True),
    ),
)  # fmt: skip

ROUND_STATES: Final = {state.code: state.label for state in ROUND_FLOW.states}
ORDER_STATES: Final = {state.code: state.label for state in ORDER_FLOW.states}
