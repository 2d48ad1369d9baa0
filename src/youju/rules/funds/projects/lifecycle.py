"""The lives of a budget adjustment and of a disbursement batch, as tables. Nobody decides about what they proposed."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

PROJECT_KIND = "projects.project"
ADJUSTMENT_KIND = "projects.adjustment"
BATCH_KIND = "projects.batch"

DRAFTED, PROPOSED, APPROVED, REFUSED, WITHDRAWN = "drafted", "proposed", "approved", "refused", "withdrawn"

ADJUSTMENT_FLOW = Flow(
    code=ADJUSTMENT_KIND,
    title="预算调整",
    since=date(2020, 1, 1),
    initial=DRAFTED,
    states=(
        State(DRAFTED, "拟稿"),
        State(PROPOSED, "待批准", "funds.approve", "funds.projects.adjustment_days"),
        State(APPROVED, "已批准", final=True),
        State(REFUSED, "未批准", final=True),
        State(WITHDRAWN, "已撤回", final=True),
    ),
    transitions=(
        Transition("propose", "提出调整", (DRAFTED,), PROPOSED, "funds.manage"),
        Transition("approve", "批准调整", (PROPOSED,), APPROVED, "funds.approve", not_by=("propose",)),
        Transition("refuse", "不批准", (PROPOSED,), REFUSED, "funds.approve", reason_required=True, not_by=("propose",)),
        Transition("withdraw", "撤回", (PROPOSED,), WITHDRAWN, "funds.manage", reason_required=True, own="propose"),
    ),
)  # fmt: skip

OPEN, DELIVERED, CLOSED, DROPPED = "open", "delivered", "closed", "dropped"

BATCH_FLOW = Flow(
    code=BATCH_KIND,
    title="支出批次",
    since=date(2020, 1, 1),
    initial=DRAFTED,
    states=(
        State(DRAFTED, "拟稿"),
        State(OPEN, "支出中", "funds.edit"),
        State(DELIVERED, "待验收", "funds.approve", "funds.projects.acceptance_days"),
        State(CLOSED, "已验收", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("open", "开批次", (DRAFTED,), OPEN, "funds.edit"),
        Transition("deliver", "申请验收", (OPEN,), DELIVERED, "funds.edit"),
        Transition("accept", "验收通过", (DELIVERED,), CLOSED, "funds.approve", not_by=("open", "deliver")),
        Transition("send_back", "退回", (DELIVERED,), OPEN, "funds.approve", reason_required=True),
        Transition("drop", "作废", (OPEN,), DROPPED, "funds.edit", reason_required=True),
    ),
)  # fmt: skip

STEPS = {
    "initiation": "立项",
    "approval": "审批",
    "procurement": "采购",
    "contract": "合同",
    "acceptance": "验收",
}
"""Code of a procurement step → its Chinese name, in the usual order."""

SOURCES = {"fiscal": "财政拨款", "carried": "上年结转", "other": "其他资金"}
"""Code of a source of money → its Chinese name."""

PLAN_MONTHS = ("03", "06", "10", "12")
"""The months to whose ends the published form plans spending, cumulative."""
