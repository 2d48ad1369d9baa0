"""The lives of a yearly plan and of a finding, as tables.

A closed finding waits for nobody, yet is not final: it can be opened again, with a reason, and its log keeps both.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from youju.rules.workflow import Flow, State, Transition

PLAN_KIND, FINDING_KIND = "internal_audits.plan", "internal_audits.finding"
ENGAGEMENT_KIND, SAMPLE_KIND, ITEM_KIND = (
    "internal_audits.engagement",
    "internal_audits.sample",
    "internal_audits.item",
)
_DAY = date(2020, 1, 1)
_PLAN, _APPROVE, _FIND = "internal_audits.plan", "internal_audits.approve", "internal_audits.find"
_RECTIFY, _VERIFY = "internal_audits.rectify", "internal_audits.verify"

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
PLAN_FLOW = Flow(
    code=PLAN_KIND,
    title="监督计划",
    since=_DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, "起草", _PLAN),
        State(SUBMITTED, "待批准", _APPROVE, "funds.internal_audits.approve_days"),
        State(APPROVED, "已批准"),
    ),
    transitions=(
        Transition("submit", "提交批准", (DRAFT,), SUBMITTED, _PLAN),
        Transition("approve", "批准", (SUBMITTED,), APPROVED, _APPROVE, not_by=("submit",)),
        Transition("return", "退回", (SUBMITTED,), DRAFT, _APPROVE, reason_required=True, returns=True),
        Transition("take_back", "撤回", (SUBMITTED,), DRAFT, _PLAN, returns=True, own="submit"),
        Transition("revise", "调整计划", (APPROVED,), DRAFT, _PLAN, reason_required=True, returns=True),
    ),
)

NOTED, RECTIFYING, REPLIED = "noted", "rectifying", "replied"
VERIFIED, CLOSED, WITHDRAWN = "verified", "closed", "withdrawn"
OPEN: Final = (NOTED, RECTIFYING, REPLIED, VERIFIED)
"""States in which a finding counts as open."""

FINDING_FLOW = Flow(
    code=FINDING_KIND,
    title="监督发现问题",
    since=_DAY,
    initial=NOTED,
    states=(
        State(NOTED, "待下发整改", _FIND, "funds.internal_audits.notify_days"),
        # Its own limit follows how serious the finding is; the policy of the flow counts where it comes back.
        State(RECTIFYING, "整改中", _RECTIFY, "funds.internal_audits.again_days"),
        State(REPLIED, "待核实", _VERIFY, "funds.internal_audits.verify_days"),
        State(VERIFIED, "待销号", _VERIFY, "funds.internal_audits.close_days"),
        State(CLOSED, "已销号"),
        State(WITHDRAWN, "已撤销", final=True),
    ),
    transitions=(
        Transition("notify", "下发整改通知", (NOTED,), RECTIFYING, _FIND),
        Transition("reply", "提交整改回复", (RECTIFYING,), REPLIED, _RECTIFY),
        Transition("verify", "核实通过", (REPLIED,), VERIFIED, _VERIFY, not_by=("reply",)),
        Transition("close", "销号", (VERIFIED,), CLOSED, _VERIFY, not_by=("reply",)),
        Transition("refuse", "核实不通过", (REPLIED, VERIFIED), RECTIFYING, _VERIFY, reason_required=True,
                   not_by=("reply",), returns=True),
        Transition("take_back", "撤回回复", (REPLIED,), RECTIFYING, _RECTIFY, reason_required=True,
                   returns=True, own="reply"),
        Transition("reopen", "重新打开", (CLOSED,), RECTIFYING, _VERIFY, reason_required=True, returns=True),
        Transition("withdraw", "撤销", (NOTED, RECTIFYING), WITHDRAWN, _FIND, reason_required=True),
    ),
)  # fmt: skip

PLAN_STATES: Final = {state.code: state.label for state in PLAN_FLOW.states}
FINDING_STATES: Final = {state.code: state.label for state in FINDING_FLOW.states}
