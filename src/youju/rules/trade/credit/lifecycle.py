"""The lives of an appeal, a repair and a publicity list, as tables."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

SNAPSHOT_KIND, SCORE_KIND = "credit.snapshot", "credit.score"
APPEAL_KIND, REPAIR_KIND, LIST_KIND = "credit.appeal", "credit.repair", "credit.list"
CERTIFICATE_KIND, POLICY_KIND = "credit.certificate", "credit.policy"
DAY = date(2020, 1, 1)

DRAFT, SUBMITTED, CHECKED = "draft", "submitted", "checked"
UPHELD, REFUSED, WITHDRAWN = "upheld", "refused", "withdrawn"
APPEAL, REPAIR = "appeal", "repair"
PLEAS = {APPEAL: "信用申诉", REPAIR: "信用修复"}
"""What a party may ask for."""


_OTHERS = ("submit", "check")


def _flow(code: str, kind: str, granted: str) -> Flow:
    return Flow(
        code=code,
        title=PLEAS[kind],
        since=DAY,
        initial=DRAFT,
        states=(
            State(DRAFT, "草拟", "credit.appeal"),
            State(SUBMITTED, "待核查", "credit.score", "trade.credit.check_days"),
            State(CHECKED, "待裁定", "credit.decide", "trade.credit.decide_days"),
            State(UPHELD, granted, final=True),
            State(REFUSED, f"不予{'支持' if kind == APPEAL else '修复'}", final=True),
            State(WITHDRAWN, "已撤回", final=True),
        ),
        transitions=(
            Transition("submit", "提交", (DRAFT,), SUBMITTED, "credit.appeal"),
            Transition("check", "核查后报送", (SUBMITTED,), CHECKED, "credit.score", reason_required=True),
            Transition("uphold", granted, (CHECKED,), UPHELD, "credit.decide", reason_required=True, not_by=_OTHERS),
            Transition("refuse", "不予支持", (CHECKED,), REFUSED, "credit.decide", reason_required=True, not_by=_OTHERS),
            Transition("withdraw", "撤回", (SUBMITTED, CHECKED), WITHDRAWN, "credit.appeal", reason_required=True),
        ),
    )  # fmt: skip


APPEAL_FLOW = _flow(APPEAL_KIND, APPEAL, "申诉成立")
REPAIR_FLOW = _flow(REPAIR_KIND, REPAIR, "准予修复")
FLOWS = {APPEAL: APPEAL_FLOW, REPAIR: REPAIR_FLOW}
PLEA_STATES = {state.code: state.label for state in APPEAL_FLOW.states if state.code != DRAFT}

SHOWN, ENDED, DROPPED = "shown", "ended", "dropped"

LIST_FLOW = Flow(
    code=LIST_KIND,
    title="信用名单公示",
    since=DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, "待公示", "credit.publish", "trade.credit.publish_days"),
        State(SHOWN, "公示中", "credit.publish"),
        State(ENDED, "公示期满", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("show", "公示", (DRAFT,), SHOWN, "credit.publish"),
        Transition("drop", "作废", (DRAFT, SHOWN), DROPPED, "credit.publish", reason_required=True),
        Transition("end", "公示期满", (SHOWN,), ENDED, "", automatic=True),
    ),
)  # fmt: skip
LIST_STATES = {state.code: state.label for state in LIST_FLOW.states}
