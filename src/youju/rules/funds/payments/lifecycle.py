"""The life of a payment, as a table: requested, reviewed twice, approved, sent, and what the bank said of it.

Four deeds by different people: who requested or corrected reviews nothing, the approver is neither of the reviewers. A round
begins anew whenever a payment goes back to who asks for it. The database keeps the same (``payments.0001``).
"""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

KIND = "payments.payment"

DRAFT, REQUESTED, REVIEWED, CHECKED, APPROVED = "draft", "requested", "reviewed", "checked", "approved"
SENT, PAID, RETURNED, REJECTED, CANCELLED = "sent", "paid", "returned", "rejected", "cancelled"

RESERVING = frozenset({REQUESTED, REVIEWED, CHECKED, APPROVED, SENT, RETURNED})
"""States in which the amount is set aside of the budget; in ``paid`` it is spent, in the others it is free."""

GONE = frozenset({REJECTED, CANCELLED})
"""States of a payment that never happens: its origin may ask for another."""

_REQUEST, _SEND = "payments.request", "payments.send"
_SECTION, _REVIEW, _APPROVE = "payments.review_section", "payments.review", "payments.approve"
_ASKED = ("request", "correct")

FLOW = Flow(
    code=KIND,
    title="付款",
    since=date(2020, 1, 1),
    initial=DRAFT,
    states=(
        State(DRAFT, "待修改", _REQUEST, "funds.payments.correct_days"),
        State(REQUESTED, "待科室复核", _SECTION, "funds.payments.section_days"),
        State(REVIEWED, "待财务审核", _REVIEW, "funds.payments.finance_days"),
        State(CHECKED, "待批准", _APPROVE, "funds.payments.approve_days"),
        State(APPROVED, "待送银行", _SEND, "funds.payments.send_days"),
        State(SENT, "已送银行", _SEND, "funds.payments.reply_days"),
        State(PAID, "已付"),
        State(RETURNED, "银行退回", _REQUEST, "funds.payments.correct_days"),
        State(REJECTED, "未通过", final=True),
        State(CANCELLED, "已取消", final=True),
    ),
    transitions=(
        Transition("request", "提出申请", (DRAFT,), REQUESTED, _REQUEST),
        Transition("review_section", "科室复核通过", (REQUESTED,), REVIEWED, _SECTION, not_by=_ASKED),
        Transition("review", "财务审核通过", (REVIEWED,), CHECKED, _REVIEW, not_by=(*_ASKED, "review_section")),
        Transition("approve", "批准", (CHECKED,), APPROVED, _APPROVE, not_by=(*_ASKED, "review_section", "review")),
        Transition("send", "送银行", (APPROVED,), SENT, _SEND, not_by=("approve",)),
        Transition("pay", "登记已付", (SENT,), PAID, _SEND, reason_required=True, not_by=("approve",), outside=True),
        Transition("send_back", "银行退回", (SENT,), RETURNED, _SEND, reason_required=True, outside=True),
        Transition("bounce", "付后退汇", (PAID,), RETURNED, _SEND, reason_required=True, returns=True, outside=True),
        Transition("correct", "更正后重新申请", (RETURNED,), REQUESTED, _REQUEST, reason_required=True, returns=True),
        Transition("recall", "从银行文件撤出", (SENT,), APPROVED, _SEND, reason_required=True),
        Transition("return_section", "退回修改", (REQUESTED,), DRAFT, _SECTION, reason_required=True, returns=True),
        Transition("return_review", "退回修改", (REVIEWED,), DRAFT, _REVIEW, reason_required=True, returns=True),
        Transition("return_approve", "退回修改", (CHECKED,), DRAFT, _APPROVE, reason_required=True, returns=True),
        Transition("reject_review", "不予支付", (REVIEWED,), REJECTED, _REVIEW, reason_required=True, not_by=_ASKED),
        Transition("reject", "不批准", (CHECKED,), REJECTED, _APPROVE, reason_required=True, not_by=_ASKED),
        Transition("cancel", "取消", (DRAFT, REQUESTED, REVIEWED, CHECKED, RETURNED), CANCELLED, _REQUEST,
                   reason_required=True),
        Transition("revoke", "撤销批准", (APPROVED,), CANCELLED, _APPROVE, reason_required=True),
    ),
)  # fmt: skip

REMINDER_KIND = "payments.reminder"
REMINDER_FLOW = Flow(
    code=REMINDER_KIND,
    title="支出提醒",
    since=date(2020, 1, 1),
    initial="open",
    states=(State("open", "待处理", "funds.edit"), State("handled", "已处理", final=True)),
    transitions=(
        Transition("handle", "处理完毕", ("open",), "handled", "funds.edit", reason_required=True),
        Transition("lapse", "情况已经解决", ("open",), "handled", "", automatic=True),
    ),
)
"""What the nightly round reminds of: a payment that is due, a point of the plan, a step of procurement."""

BY_HAND = ("review_section", "review", "approve", "return_section", "return_review", "return_approve",
           "reject_review", "reject", "cancel", "revoke")  # fmt: skip
"""Steps that the payment's page takes by themselves; the others need more than a reason (a file, an account, a bank's answer)."""

MOVES = frozenset((source, step.target) for step in FLOW.transitions for source in step.sources)
"""Every pair of states that one step leads through."""


def reserved(state: str, amount: int) -> int:
    """What of an amount is set aside in a state."""
    return amount if state in RESERVING else 0


def spent(state: str, amount: int) -> int:
    """What of an amount is spent in a state."""
    return amount if state == PAID else 0
