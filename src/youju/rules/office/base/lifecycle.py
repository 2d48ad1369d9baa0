"""The life of a platform project, as a table."""

from __future__ import annotations

from datetime import date

from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS, STANDARDS
from youju.rules.workflow import Flow, State, Transition

RECORD_KINDS = {
    DOCUMENTS: "base.document",
    PATENTS: "base.patent",
    BRANDS: "base.brand",
    STANDARDS: "base.standard",
    PLATFORMS: "base.platform",
}
"""Register → the kind of its records for trail, files and workflow."""

PLANNED, RUNNING, DELIVERED, ACCEPTED, REFUSED, STOPPED = (
    "planned", "running", "delivered", "accepted", "refused", "stopped",
)  # fmt: skip

PLATFORM_FLOW = Flow(
    code=RECORD_KINDS[PLATFORMS],
    title="公共服务平台项目",
    since=date(2020, 1, 1),
    initial=PLANNED,
    states=(
        State(PLANNED, "计划"),
        State(RUNNING, "建设中"),
        State(DELIVERED, "待验收", "base.accept", "office.base.accept_days"),
        State(REFUSED, "验收未通过", "base.edit", "office.base.redo_days"),
        State(ACCEPTED, "已验收", final=True),
        State(STOPPED, "已中止", final=True),
    ),
    transitions=(
        Transition("begin", "开始建设", (PLANNED,), RUNNING, "base.edit"),
        Transition("deliver", "提交验收", (RUNNING, REFUSED), DELIVERED, "base.edit"),
        Transition("accept", "验收通过", (DELIVERED,), ACCEPTED, "base.accept", not_by=("deliver",)),
        Transition("refuse", "验收不通过", (DELIVERED,), REFUSED, "base.accept", reason_required=True,
                   not_by=("deliver",), returns=True),
        Transition("take_back", "撤回验收申请", (DELIVERED,), RUNNING, "base.edit", reason_required=True,
                   returns=True, own="deliver"),
        Transition("stop", "中止", (PLANNED, RUNNING, REFUSED), STOPPED, "base.edit", reason_required=True),
    ),
)  # fmt: skip
STATES = {state.code: state.label for state in PLATFORM_FLOW.states}
OPEN = (PLANNED, RUNNING, REFUSED)
"""The states in which a platform project is still to be done."""
