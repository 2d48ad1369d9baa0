"""The life of an event and of a sign-up as tables; the steps of a firm that is to be won and of an AEO application."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

EVENT_KIND, SIGNUP_KIND, DEAL_KIND = "events.event", "events.signup", "events.deal"
PROSPECT_KIND, APPLICATION_KIND, SESSION_KIND = "events.prospect", "events.application", "events.session"

PLANNED, UNDER_WAY, REPORTED, ACCEPTED, CANCELLED = (
    "planned",
    "under_way",
    "reported",
    "accepted",
    "cancelled",
)
OPEN = (PLANNED, UNDER_WAY)
"""States in which the centre has the event in hand."""
_EDIT, _OWN, _DAY = "events.edit", "events.own", date(2020, 1, 1)

EVENT_FLOW = Flow(
    code=EVENT_KIND,
    title="展会与活动",
    since=_DAY,
    initial=PLANNED,
    states=(
        # Its first day limits the first state, so many working days after its last day the second; both are set by the service.
        State(PLANNED, "筹备中", _EDIT),
        State(UNDER_WAY, "进行中", _EDIT, "office.events.report_days"),
        State(REPORTED, "待验收", _EDIT, "office.events.accept_days"),
        State(ACCEPTED, "已办结", final=True),
        State(CANCELLED, "已取消", final=True),
    ),
    transitions=(
        Transition("publish", "发布", (PLANNED,), UNDER_WAY, _EDIT),
        Transition("begin", "开始（不对企业发布）", (PLANNED,), UNDER_WAY, _EDIT),
        Transition("report", "提交结果", (UNDER_WAY,), REPORTED, _EDIT),
        Transition("accept", "验收通过", (REPORTED,), ACCEPTED, _EDIT, not_by=("report",)),
        Transition("return", "退回补充", (REPORTED,), UNDER_WAY, _EDIT, reason_required=True, not_by=("report",),
                   returns=True),
        Transition("withdraw", "撤回", (REPORTED,), UNDER_WAY, _EDIT, reason_required=True, returns=True, own="report"),
        Transition("cancel", "取消", (PLANNED, UNDER_WAY), CANCELLED, _EDIT, reason_required=True),
    ),
)  # fmt: skip
EVENT_STATES = {state.code: state.label for state in EVENT_FLOW.states}

APPLIED, WAITING, APPROVED, REFUSED, WITHDRAWN = "applied", "waiting", "approved", "refused", "withdrawn"
HOLDING = (APPLIED, APPROVED)
"""States of a sign-up that hold places."""
LIVE = (*HOLDING, WAITING)
"""States in which a firm is signed up."""

SIGNUP_FLOW = Flow(
    code=SIGNUP_KIND,
    title="活动报名",
    since=_DAY,
    initial=APPLIED,
    states=(
        State(APPLIED, "待审核", _EDIT, "office.events.review_days"),
        State(WAITING, "候补"),
        State(APPROVED, "已通过"),
        State(REFUSED, "未通过", final=True),
        State(WITHDRAWN, "已撤回", final=True),
    ),
    transitions=(
        Transition("approve", "通过", (APPLIED,), APPROVED, _EDIT),
        Transition("refuse", "不通过", (APPLIED, WAITING, APPROVED), REFUSED, _EDIT, reason_required=True),
        Transition("withdraw", "撤回报名", (APPLIED, WAITING, APPROVED), WITHDRAWN, _OWN),
        Transition("queue", "转为候补", (APPLIED,), WAITING, "", automatic=True),
        Transition("promote", "候补递补", (WAITING,), APPLIED, "", automatic=True),
    ),
)  # fmt: skip
SIGNUP_STATES = {state.code: state.label for state in SIGNUP_FLOW.states}

PROSPECT_STAGES = {
    "contacted": "已接触",
    "negotiating": "洽谈中",
    "signed": "已签约",
    "landed": "已落地",
    "lost": "未成",
}
"""A firm that is to be won for the market, in the order of the usual way."""
PROSPECT_NEXT = {
    "contacted": ("negotiating", "lost"),
    "negotiating": ("signed", "lost"),
    "signed": ("landed", "lost"),
    "landed": (),
    "lost": ("negotiating",),
}
AEO_STAGES = {
    "intent": "有意向",
    "coaching": "辅导",
    "assessed": "自评完成",
    "submitted": "已向海关申请",
    "certified": "通过认证",
    "refused": "未通过",
}
"""The way of an enterprise to the certificate of an authorised economic operator."""
AEO_NEXT = {
    "intent": ("coaching", "refused"),
    "coaching": ("assessed", "refused"),
    "assessed": ("submitted", "coaching", "refused"),
    "submitted": ("certified", "refused"),
    "certified": (),
    "refused": ("coaching",),
}
AEO_PROVED = ("certified",)
"""Stages that need a file as proof."""
