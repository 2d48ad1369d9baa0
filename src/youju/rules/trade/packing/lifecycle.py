"""The life of a consolidation and of a packing, as tables."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

CONSOLIDATION_KIND = "packing.consolidation"
PACKING_KIND = "packing.packing"

OPEN, CLOSED, CANCELLED = "open", "closed", "cancelled"

CONSOLIDATION_FLOW = Flow(
    code=CONSOLIDATION_KIND,
    title="组货",
    since=date(2020, 1, 1),
    initial=OPEN,
    states=(State(OPEN, "组货中"), State(CLOSED, "已组货"), State(CANCELLED, "已作废", final=True)),
    transitions=(
        Transition("close", "组货完成", (OPEN,), CLOSED, "packing.edit"),
        Transition("reopen", "重新组货", (CLOSED,), OPEN, "packing.edit", reason_required=True, returns=True),
        Transition("cancel", "作废", (OPEN, CLOSED), CANCELLED, "packing.edit", reason_required=True),
    ),
)  # fmt: skip

PACKING_FLOW = Flow(
    code=PACKING_KIND,
    title="装箱",
    since=date(2020, 1, 1),
    initial=OPEN,
    states=(State(OPEN, "装箱中"), State(CLOSED, "已装箱"), State(CANCELLED, "已作废", final=True)),
    transitions=(
        Transition("close", "装箱完成", (OPEN,), CLOSED, "packing.edit"),
        Transition("reopen", "重新装箱", (CLOSED,), OPEN, "packing.edit", reason_required=True, returns=True),
        Transition("cancel", "作废", (OPEN, CLOSED), CANCELLED, "packing.edit", reason_required=True),
    ),
)  # fmt: skip
