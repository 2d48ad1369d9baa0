"""The life of an application for a subsidy, of a round (批次) of awards and of an objection, as tables.

One application goes into one round; the steps of a round move all its applications. Money is in the application alone: a
bank's return sends it back to be paid anew, it does not open the award again.
"""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

CLAIM_KIND, ROUND_KIND, OBJECTION_KIND = "subsidies.claim", "subsidies.round", "subsidies.objection"

DRAFT, CERTIFIED, SUBMITTED, REVIEWING = "draft", "certified", "submitted", "reviewing"
RECHECKING, PASSED, LISTED, PUBLICISED = "rechecking", "passed", "listed", "publicised"
AWARDED, PAID, BANK_RETURNED = "awarded", "paid", "bank_returned"
RETURNED, REFUSED, WITHDRAWN, STRUCK = "returned", "refused", "withdrawn", "struck"

OPEN = (DRAFT, CERTIFIED, RETURNED)
"""States in which the enterprise may write."""
UNDER_WAY = (SUBMITTED, REVIEWING, RECHECKING, PASSED, LISTED, PUBLICISED)
DECIDED = (AWARDED, PAID, BANK_RETURNED)
"""States of an application that won an award."""

_OWN, _REVIEW, _RECHECK = "claims.own", "claims.review", "claims.recheck"
_PUBLICISE, _AWARD = "claims.publicise", "claims.award"

CLAIM_FLOW = Flow(
    code=CLAIM_KIND,
    title="补贴申请",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "草稿"),
        State(CERTIFIED, "已签署", _OWN),
        State(SUBMITTED, "已提交", _REVIEW, "funds.claims.accept_days"),
        State(REVIEWING, "初审中", _REVIEW, "funds.claims.review_days"),
        State(RECHECKING, "复核中", _RECHECK, "funds.claims.recheck_days"),
        State(PASSED, "待列入名单", _PUBLICISE),
        State(LISTED, "已列入名单"),
        State(PUBLICISED, "公示中"),
        State(AWARDED, "已决定，待付款"),
        State(PAID, "已付款"),
        State(BANK_RETURNED, "银行退回", _OWN),
        State(RETURNED, "退回补正", _OWN, "funds.claims.mend_days"),
        State(REFUSED, "不予支持", final=True),
        State(WITHDRAWN, "已撤回", final=True),
        State(STRUCK, "异议成立，移出名单", final=True),
    ),
    transitions=(
        Transition("certify", "签署", (DRAFT,), CERTIFIED, _OWN),
        Transition("submit", "提交申请", (CERTIFIED,), SUBMITTED, _OWN),
        Transition("reopen", "继续修改", (CERTIFIED, RETURNED), DRAFT, _OWN, returns=True),
        Transition("mend", "补正后签署", (RETURNED,), CERTIFIED, _OWN),
        Transition("accept", "受理", (SUBMITTED,), REVIEWING, _REVIEW),
        Transition("pass", "初审通过", (REVIEWING,), RECHECKING, _REVIEW),
        Transition("confirm", "复核通过", (RECHECKING,), PASSED, _RECHECK, not_by=("accept", "pass")),
        Transition("list", "列入名单", (PASSED,), LISTED, _PUBLICISE),
        Transition("publicise", "公示", (LISTED,), PUBLICISED, _PUBLICISE),
        Transition("award", "决定补贴", (PUBLICISED,), AWARDED, _AWARD, not_by=("pass", "confirm", "publicise")),
        Transition("unlist", "移出名单", (LISTED, PUBLICISED), PASSED, _PUBLICISE, reason_required=True),
        Transition("relist", "退回重拟名单", (PUBLICISED,), LISTED, _AWARD, reason_required=True),
        Transition("strike", "异议成立", (PUBLICISED,), STRUCK, _PUBLICISE, reason_required=True),
        Transition("pay", "付款成功", (AWARDED,), PAID, _AWARD, outside=True),
        Transition("bounce", "银行退回", (AWARDED, PAID), BANK_RETURNED, _AWARD,
                   reason_required=True, returns=True, outside=True),
        Transition("correct", "更正账户", (BANK_RETURNED,), AWARDED, _OWN),
        Transition("return", "退回补正", (SUBMITTED, REVIEWING), RETURNED, _REVIEW,
                   reason_required=True, returns=True),
        Transition("send_back", "退回初审", (RECHECKING,), REVIEWING, _RECHECK,
                   reason_required=True, returns=True),
        Transition("refuse", "不予支持", (REVIEWING,), REFUSED, _REVIEW, reason_required=True),
        Transition("withdraw", "撤回", (DRAFT, CERTIFIED, RETURNED, SUBMITTED), WITHDRAWN, _OWN,
                   reason_required=True),
    ),
)  # fmt: skip

GATHERING, SHOWN, CLEARED, DROPPED = "gathering", "shown", "cleared", "dropped"

ROUND_FLOW = Flow(
    code=ROUND_KIND,
    title="补贴名单",
    since=date(2020, 1, 1),
    initial=GATHERING,
    states=(
        State(GATHERING, "拟定名单", _PUBLICISE),
        State(SHOWN, "公示中", _PUBLICISE),
        State(CLEARED, "公示期满", _AWARD, "funds.claims.award_days"),
        State(AWARDED, "已决定", final=True),
        State(DROPPED, "已作废", final=True),
    ),
    transitions=(
        Transition("show", "冻结并公示", (GATHERING,), SHOWN, _PUBLICISE),
        Transition("clear", "公示期满", (SHOWN,), CLEARED, _PUBLICISE),
        Transition("show_again", "重新公示", (SHOWN,), SHOWN, _PUBLICISE, reason_required=True),
        Transition("award", "决定补贴", (CLEARED,), AWARDED, _AWARD, not_by=("show", "show_again", "clear")),
        Transition("send_back", "退回重拟", (CLEARED,), GATHERING, _AWARD, reason_required=True, returns=True),
        Transition("drop", "作废", (GATHERING,), DROPPED, _PUBLICISE, reason_required=True),
    ),
)  # fmt: skip

RECEIVED, UPHELD, DISMISSED = "received", "upheld", "dismissed"

OBJECTION_FLOW = Flow(
    code=OBJECTION_KIND,
    title="公示异议",
    since=date(2020, 1, 1),
    initial=RECEIVED,
    states=(
        State(RECEIVED, "待处理", _PUBLICISE, "funds.claims.objection_days"),
        State(UPHELD, "异议成立", final=True),
        State(DISMISSED, "异议不成立", final=True),
    ),
    transitions=(
        Transition("dismiss", "异议不成立", (RECEIVED,), DISMISSED, _PUBLICISE, reason_required=True),
        Transition("uphold", "异议成立", (RECEIVED,), UPHELD, _PUBLICISE, reason_required=True),
    ),
)  # fmt: skip

STAGES = {"draft": "填报", "submit": "提交", "review": "初审", "recheck": "复核", "list": "列入名单"}
"""Stage at which an amount is computed or an opinion given → its Chinese name."""
VERDICTS = {
    "pass": "通过",
    "return": "退回补正",
    "refuse": "不予支持",
    "send_back": "退回初审",
    "conflict": "回避",
}
"""What a reviewer thinks → its Chinese name."""
