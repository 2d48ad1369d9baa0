"""The life of a deliverable, as a table; a contract itself is in force, ended or void."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

CONTRACT_KIND, DELIVERABLE_KIND = "contracts.contract", "contracts.deliverable"

IN_FORCE, ENDED, VOID = "in_force", "ended", "void"
CONTRACT_STATES = {IN_FORCE: "履行中", ENDED: "已终止", VOID: "已作废"}

PENDING, DELIVERED, ACCEPTED, REFUSED, DROPPED = "pending", "delivered", "accepted", "refused", "dropped"

DELIVERABLE_FLOW = Flow(
    code=DELIVERABLE_KIND,
    title="合同成果",
    since=date(2020, 1, 1),
    initial=PENDING,
    states=(
        State(PENDING, "待交付"),
        State(DELIVERED, "待验收", "contracts.accept", "office.contracts.accept_days"),
        State(REFUSED, "未通过"),
        State(ACCEPTED, "已验收", final=True),
        State(DROPPED, "不再需要", final=True),
    ),
    transitions=(
        Transition("deliver", "登记交付", (PENDING, REFUSED), DELIVERED, "contracts.edit"),
        Transition("accept", "验收通过", (DELIVERED,), ACCEPTED, "contracts.accept", not_by=("deliver",)),
        Transition("refuse", "验收不通过", (DELIVERED,), REFUSED, "contracts.accept", reason_required=True,
                   not_by=("deliver",), returns=True),
        Transition("take_back", "撤回交付", (DELIVERED,), PENDING, "contracts.edit", reason_required=True,
                   returns=True, own="deliver"),
        Transition("drop", "不再需要", (PENDING, REFUSED), DROPPED, "contracts.edit", reason_required=True),
    ),
)  # fmt: skip
