"""The life of a hit that somebody looks into: assigned, perhaps explained by the party, disposed of, perhaps appealed against."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

HIT_KIND, SCAN_KIND, DRAW_KIND, PEERS_KIND = "risk.hit", "risk.scan", "risk.draw", "risk.peers"
FOUND, ASSIGNED, ASKED, DISPOSED, APPEALED, CLOSED = (
    "found",
    "assigned",
    "asked",
    "disposed",
    "appealed",
    "closed",
)
OPEN = (FOUND, ASSIGNED, ASKED, APPEALED)
"""States in which somebody still has to act."""
SETTLED = (DISPOSED, CLOSED)
"""States in which a conclusion stands."""
GENUINE, FALSE_ALARM, EXPLAINED, REFERRED = "genuine", "false_alarm", "explained", "referred"
CONCLUSIONS = {GENUINE: "属实", FALSE_ALARM: "误报", EXPLAINED: "已说明", REFERRED: "移交海关"}
CONFIRMED = (GENUINE, REFERRED)
"""Conclusions that count as a true hit."""
_ASSIGN, _DISPOSE, _APPEAL, _DECIDE = "risk.assign", "risk.dispose", "risk.appeal", "risk.decide"

HIT_FLOW = Flow(
    code=HIT_KIND,
    title="风险预警",
    since=date(2020, 1, 1),
    initial=FOUND,
    states=(
        State(FOUND, "待分派", _ASSIGN, "trade.risk.assign_days"),
        State(ASSIGNED, "待处置", _DISPOSE, "trade.risk.dispose_days"),
        State(ASKED, "待主体说明", _APPEAL, "trade.risk.explain_days"),
        State(DISPOSED, "已处置"),
        State(APPEALED, "申诉中", _DECIDE, "trade.risk.decide_days"),
        State(CLOSED, "已办结", final=True),
    ),
    transitions=(
        Transition("assign", "分派", (FOUND, ASSIGNED), ASSIGNED, _ASSIGN),
        Transition("ask", "请主体说明", (ASSIGNED,), ASKED, _DISPOSE, reason_required=True),
        Transition("answer", "说明", (ASKED,), ASSIGNED, _APPEAL, reason_required=True),
        Transition("dispose", "处置", (ASSIGNED, ASKED), DISPOSED, _DISPOSE, reason_required=True),
        Transition("appeal", "申诉", (DISPOSED,), APPEALED, _APPEAL, reason_required=True),
        Transition("uphold", "维持原结论", (APPEALED,), CLOSED, _DECIDE, reason_required=True, not_by=("dispose",)),
        Transition("change", "改变结论", (APPEALED,), CLOSED, _DECIDE, reason_required=True, not_by=("dispose",)),
        Transition("expire", "申诉期满", (DISPOSED,), CLOSED, "", automatic=True),
    ),
)  # fmt: skip
STATES = {state.code: state.label for state in HIT_FLOW.states}
