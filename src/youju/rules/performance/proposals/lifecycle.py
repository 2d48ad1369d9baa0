"""The lives of a proposal of next year's targets and of an audit of targets, as tables."""

from __future__ import annotations

from datetime import date
from typing import Final

from youju.rules.workflow import Flow, State, Transition

PROPOSAL_KIND, AUDIT_KIND = "proposals.proposal", "proposals.audit"
_DAY = date(2020, 1, 1)
_EDIT, _AUDIT = "proposals.edit", "proposals.audit"
DRAFT, ADOPTED, DROPPED = "draft", "adopted", "dropped"
PROPOSAL_FLOW = Flow(
    code=PROPOSAL_KIND,
    title="下年目标建议",
    since=_DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, "编制中", _EDIT, "performance.proposals.draft_days"),
        State(ADOPTED, "已转为目标草稿", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("adopt", "转为下年目标草稿", (DRAFT,), ADOPTED, _EDIT),
        Transition("drop", "作废", (DRAFT,), DROPPED, _EDIT, reason_required=True),
    ),
)
OPEN, CONCLUDED = "open", "concluded"
AUDIT_FLOW = Flow(
    code=AUDIT_KIND,
    title="绩效目标审核",
    since=_DAY,
    initial=OPEN,
    states=(
        State(OPEN, "审核中", _AUDIT, "performance.proposals.audit_days"),
        State(CONCLUDED, "已出意见", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("conclude", "出具审核意见", (OPEN,), CONCLUDED, _AUDIT),
        Transition("drop", "作废", (OPEN,), DROPPED, _AUDIT, reason_required=True),
    ),
)
PROPOSAL_STATES: Final = {state.code: state.label for state in PROPOSAL_FLOW.states}
AUDIT_STATES: Final = {state.code: state.label for state in AUDIT_FLOW.states}
