"""The life of a declaration, as a table. A rejected one is corrected as a new version, which has a life of its own."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

DECLARATION_KIND = "declarations.declaration"

PLANNED, PRE_ENTRY, SENT, ACCEPTED, REJECTED = "planned", "pre_entry", "sent", "accepted", "rejected"
INSPECTION, RELEASED, EXPORTED, WITHDRAWN = "inspection", "released", "exported", "withdrawn"

DECLARATION_FLOW = Flow(
    code=DECLARATION_KIND,
    title="报关",
    since=date(2020, 1, 1),
    initial=PLANNED,
    states=(
        State(PLANNED, "已归并", "declarations.plan", "trade.declarations.plan_days"),
        State(PRE_ENTRY, "预录入", "declarations.send", "trade.declarations.send_days"),
        State(SENT, "已申报", "declarations.supervise", "trade.declarations.answer_days"),
        State(ACCEPTED, "已受理", "declarations.supervise", "trade.declarations.release_days"),
        State(REJECTED, "已退单", "declarations.plan", "trade.declarations.correct_days"),
        State(INSPECTION, "查验", "declarations.supervise", "trade.declarations.inspection_days"),
        State(RELEASED, "已放行", "declarations.supervise", "trade.declarations.export_days"),
        State(EXPORTED, "已结关", final=True),
        State(WITHDRAWN, "已撤销", final=True),
    ),
    transitions=(
        Transition("enter", "预录入", (PLANNED,), PRE_ENTRY, "declarations.plan"),
        Transition("send", "发送申报", (PRE_ENTRY,), SENT, "declarations.send"),
        Transition("accept", "海关受理", (SENT,), ACCEPTED, "declarations.supervise", outside=True),
        Transition("reject", "海关退单", (SENT,), REJECTED, "declarations.supervise", reason_required=True, outside=True),
        Transition("inspect", "布控查验", (ACCEPTED,), INSPECTION, "declarations.supervise", outside=True),
        Transition("release", "放行", (ACCEPTED, INSPECTION), RELEASED, "declarations.supervise", outside=True),
        Transition("export", "结关", (RELEASED,), EXPORTED, "declarations.supervise", outside=True),
        Transition("withdraw", "撤销", (PLANNED, PRE_ENTRY, REJECTED, ACCEPTED, INSPECTION), WITHDRAWN,
                   "declarations.plan", reason_required=True),
    ),
)  # fmt: skip
