"""The life of a webhook's endpoint (接收地址), as a table."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

ENDPOINT_KIND = "webhooks.endpoint"
ACTIVE, PAUSED, STOPPED, REMOVED = "active", "paused", "stopped", "removed"
_MANAGE = "webhooks.manage"

ENDPOINT_FLOW = Flow(
    code=ENDPOINT_KIND,
    title="状态通知的接收地址",
    since=date(2020, 1, 1),
    initial=ACTIVE,
    states=(
        State(ACTIVE, "正常"),
        State(PAUSED, "已暂停"),
        # Waits for somebody: that is how it comes into the to-do lists.
        State(STOPPED, "因连续失败停用", _MANAGE),
        State(REMOVED, "已删除", final=True),
    ),
    transitions=(
        Transition("pause", "暂停", (ACTIVE,), PAUSED, _MANAGE),
        Transition("resume", "恢复", (PAUSED, STOPPED), ACTIVE, _MANAGE),
        Transition("stop", "停用", (ACTIVE,), STOPPED, "", automatic=True),
        Transition("remove", "删除", (ACTIVE, PAUSED, STOPPED), REMOVED, _MANAGE),
    ),
)
