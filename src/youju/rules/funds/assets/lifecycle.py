"""The lives of a transfer, a disposal and a stocktake, as tables; the states of an asset itself follow from them."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

ASSET_KIND, MOVE_KIND = "assets.asset", "assets.move"
DISPOSAL_KIND, STOCKTAKE_KIND = "assets.disposal", "assets.stocktake"
DAY = date(2020, 1, 1)

IN_USE, IDLE, LENT, LEAVING, DISPOSED = "in_use", "idle", "lent", "leaving", "disposed"
ASSET_STATES = {IN_USE: "在用", IDLE: "闲置", LENT: "借出", LEAVING: "待处置", DISPOSED: "已处置"}
PRESENT = (IN_USE, IDLE, LENT, LEAVING)
"""States in which the asset still belongs to the centre."""

DRAFT, OFFERED, ACCEPTED, REFUSED, WITHDRAWN = "draft", "offered", "accepted", "refused", "withdrawn"
MOVES = {"transfer": "移交", "lend": "借出", "back": "归还"}

MOVE_FLOW = Flow(
    code=MOVE_KIND,
    title="资产移交",
    since=DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, "草拟", "assets.edit"),
        State(OFFERED, "待接收", "assets.count", "funds.assets.accept_days"),
        State(ACCEPTED, "已接收", final=True),
        State(REFUSED, "未接收", final=True),
        State(WITHDRAWN, "已撤回", final=True),
    ),
    transitions=(
        Transition("offer", "提交移交", (DRAFT,), OFFERED, "assets.edit"),
        Transition("accept", "接收", (OFFERED,), ACCEPTED, "assets.count", not_by=("offer",)),
        Transition("refuse", "不接收", (OFFERED,), REFUSED, "assets.count", reason_required=True, not_by=("offer",)),
        Transition("withdraw", "撤回", (OFFERED,), WITHDRAWN, "assets.edit", reason_required=True, own="offer"),
    ),
)  # fmt: skip

REQUESTED, REVIEWED, APPROVED, DONE = "requested", "reviewed", "approved", "done"
WAYS = {
    "scrap": "报废",
    "sale": "出让",
    "loss": "盘亏",
    "donation": "捐赠",
    "handover": "无偿调出",
    "mistake": "登记差错",
}
"""How an asset leaves (处置方式)."""
WITH_PROCEEDS = ("scrap", "sale")
"""Ways that may bring money in."""

DISPOSAL_FLOW = Flow(
    code=DISPOSAL_KIND,
    title="资产处置",
    since=DAY,
    initial=DRAFT,
    states=(
        State(DRAFT, "草拟", "assets.dispose"),
        State(REQUESTED, "待科室审核", "assets.dispose", "funds.assets.review_days"),
        State(REVIEWED, "待负责人批准", "assets.approve", "funds.assets.approve_days"),
        State(APPROVED, "待登记处置", "assets.dispose", "funds.assets.dispose_days"),
        State(DONE, "已处置", final=True),
        State(REFUSED, "未批准", final=True),
        State(WITHDRAWN, "已撤回", final=True),
    ),
    transitions=(
        Transition("submit", "提交处置申请", (DRAFT,), REQUESTED, "assets.dispose"),
        Transition("review", "审核同意", (REQUESTED,), REVIEWED, "assets.dispose", not_by=("submit",)),
        Transition("turn_down", "审核不同意", (REQUESTED,), REFUSED, "assets.dispose", reason_required=True,
                   not_by=("submit",)),
        Transition("approve", "批准", (REVIEWED,), APPROVED, "assets.approve", not_by=("submit", "review")),
        Transition("refuse", "不批准", (REVIEWED,), REFUSED, "assets.approve", reason_required=True,
                   not_by=("submit", "review")),
        Transition("withdraw", "撤回", (REQUESTED, REVIEWED), WITHDRAWN, "assets.dispose", reason_required=True,
                   own="submit"),
        Transition("complete", "登记处置", (APPROVED,), DONE, "assets.dispose"),
    ),
)  # fmt: skip

COUNTING, SETTLING, CLOSED = "counting", "settling", "closed"

STOCKTAKE_FLOW = Flow(
    code=STOCKTAKE_KIND,
    title="资产盘点",
    since=DAY,
    initial=COUNTING,
    states=(
        State(COUNTING, "盘点中", "assets.edit"),
        State(SETTLING, "待处理和确认", "assets.approve", "funds.assets.settle_days"),
        State(CLOSED, "已结束", final=True),
    ),
    transitions=(
        Transition("finish", "结束清点", (COUNTING,), SETTLING, "assets.edit"),
        Transition("reopen", "继续清点", (SETTLING,), COUNTING, "assets.edit", reason_required=True, returns=True),
        Transition("close", "确认结果", (SETTLING,), CLOSED, "assets.approve", not_by=("finish",)),
    ),
)  # fmt: skip
