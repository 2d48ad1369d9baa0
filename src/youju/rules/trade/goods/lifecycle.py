"""What a decision makes of a good, and the life of a re-recognition (复认)."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

CAMPAIGN_KIND = "goods.campaign"
GOOD_KIND = "goods.good"

DRAFT, RECOGNISED, REFUSED, EXPLAINED = "draft", "recognised", "refused", "explained"
OUTDATED, WITHDRAWN = "outdated", "withdrawn"
STATE_NAMES = {
    DRAFT: "未认定",
    RECOGNISED: "已认定",
    EXPLAINED: "已认定（经说明）",
    REFUSED: "不予认定",
    OUTDATED: "待重新认定",
    WITHDRAWN: "已下架",
}
LIVE = (RECOGNISED, EXPLAINED, REFUSED, OUTDATED)
"""States of a good that was decided: a changed law may change them."""
OPEN = (RECOGNISED, EXPLAINED)
"""States in which a good may be traded."""

RULES, WAITS, ACCEPTED, REJECTED = "rules", "waits", "accepted", "rejected"
"""How a decision came about: by the rules alone; with an explanation that waits for an officer; that was accepted; rejected."""
STEP_NAMES = {
    RULES: "按规则得出",
    WAITS: "已说明，待工作人员确认",
    ACCEPTED: "说明已采纳",
    REJECTED: "说明未采纳",
}


def state_after(before: str, outcome: str, step: str = RULES) -> str:
    """The state of a good after a decision.

    Soft findings leave a good where it may not be traded until they are explained: a new one as draft, one that was
    recognised before as outdated.
    """
    if outcome == "recognised":
        return RECOGNISED
    if outcome == "refused" or step == REJECTED:
        return REFUSED
    if step == ACCEPTED:
        return EXPLAINED
    return OUTDATED if before in {RECOGNISED, EXPLAINED, OUTDATED} else DRAFT


CAMPAIGN_FLOW = Flow(
    code=CAMPAIGN_KIND,
    title="商品复认",
    since=date(2020, 1, 1),
    initial="listed",
    states=(
        State("listed", "已列出，待确认", "goods.recognise", "trade.goods.campaign_days"),
        State("confirmed", "已确认", final=True),
        State("dropped", "已放弃", final=True),
    ),
    transitions=(
        Transition("confirm", "确认复认", ("listed",), "confirmed", "goods.recognise", reason_required=True),
        Transition("drop", "不予复认", ("listed",), "dropped", "goods.recognise", reason_required=True),
    ),
)
