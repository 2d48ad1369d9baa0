"""The life of a filing, of a change to it and of an agency agreement, as tables."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

PARTY_KIND = "parties.party"
CHANGE_KIND = "parties.change"
AGREEMENT_KIND = "parties.agreement"

DRAFT, SUBMITTED, REVIEWING = "draft", "submitted", "reviewing"
APPROVED, RETURNED, SUSPENDED, CANCELLED = "approved", "returned", "suspended", "cancelled"

LIVE = (APPROVED, SUSPENDED)
"""States of a party that is on file, whether or not it may act."""

PARTY_FLOW = Flow(
    code=PARTY_KIND,
    title="主体备案",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "草稿"),
        State(SUBMITTED, "已提交", "parties.review", "trade.parties.accept_days"),
        State(REVIEWING, "审核中", "parties.review", "trade.parties.review_days"),
        State(RETURNED, "已退回"),
        State(APPROVED, "已备案"),
        State(SUSPENDED, "已暂停"),
        State(CANCELLED, "已注销", final=True),
    ),
    transitions=(
        Transition("submit", "提交备案", (DRAFT, RETURNED), SUBMITTED, "parties.file"),
        Transition("accept", "受理", (SUBMITTED,), REVIEWING, "parties.review"),
        Transition("approve", "通过备案", (REVIEWING,), APPROVED, "parties.review", not_by=("submit",)),
        Transition("return", "退回补正", (SUBMITTED, REVIEWING), RETURNED, "parties.review",
                   reason_required=True, returns=True),
        Transition("withdraw", "撤回", (SUBMITTED,), DRAFT, "parties.file",
                   reason_required=True, returns=True, own="submit"),
        Transition("suspend", "暂停", (APPROVED,), SUSPENDED, "parties.suspend", reason_required=True),
        Transition("resume", "恢复", (SUSPENDED,), APPROVED, "parties.suspend", reason_required=True),
        Transition("cancel", "注销", (DRAFT, RETURNED, APPROVED, SUSPENDED), CANCELLED, "parties.suspend",
                   reason_required=True),
    ),
)  # fmt: skip

CHANGE_FLOW = Flow(
    code=CHANGE_KIND,
    title="备案变更",
    since=date(2020, 1, 1),
    initial=SUBMITTED,
    states=(
        State(SUBMITTED, "已提交", "parties.review", "trade.parties.change_days"),
        State(APPROVED, "已变更", final=True),
        State(RETURNED, "未通过", final=True),
        State(CANCELLED, "已撤回", final=True),
    ),
    transitions=(
        Transition("approve", "通过变更", (SUBMITTED,), APPROVED, "parties.review"),
        Transition("return", "不通过", (SUBMITTED,), RETURNED, "parties.review", reason_required=True),
        Transition("withdraw", "撤回", (SUBMITTED,), CANCELLED, "parties.file"),
    ),
)  # fmt: skip

SIGNING, IN_FORCE, ENDED, REFUSED = "signing", "in_force", "ended", "refused"

AGREEMENT_FLOW = Flow(
    code=AGREEMENT_KIND,
    title="委托代理出口货物协议",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "草稿"),
        State(SIGNING, "待签署", "agreements.sign", "trade.parties.agreement_sign_days"),
        State(IN_FORCE, "已生效", "agreements.sign"),
        State(ENDED, "已终止", final=True),
        State(REFUSED, "已拒签", final=True),
        State(CANCELLED, "已作废", final=True),
    ),
    transitions=(
        Transition("offer", "发出签署", (DRAFT,), SIGNING, "agreements.sign"),
        Transition("conclude", "双方签署生效", (SIGNING,), IN_FORCE, "agreements.sign"),
        Transition("refuse", "拒绝签署", (SIGNING,), REFUSED, "agreements.sign", reason_required=True),
        Transition("drop", "作废", (DRAFT, SIGNING), CANCELLED, "agreements.sign", reason_required=True),
        Transition("end", "终止", (IN_FORCE,), ENDED, "agreements.sign", reason_required=True),
        Transition("expire", "到期终止", (IN_FORCE,), ENDED, "", automatic=True),
    ),
)  # fmt: skip
