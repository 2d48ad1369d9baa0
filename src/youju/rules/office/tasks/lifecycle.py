"""The life of a task, as a table."""

from __future__ import annotations

from datetime import date

from youju.rules.workflow import Flow, State, Transition

TASK_KIND = "tasks.task"
PLANNED, UNDER_WAY, DONE, ACCEPTED, CANCELLED = "planned", "under_way", "done", "accepted", "cancelled"
OPEN = (PLANNED, UNDER_WAY)
"""States in which the doer has it in hand."""

TASK_FLOW = Flow(
    code=TASK_KIND,
    title="任务",
    since=date(2020, 1, 1),
    initial=PLANNED,
    states=(
        # Its own due day is the limit of the first two; the policy counts only for what came back after that day.
        State(PLANNED, "待办", "tasks.do"),
        State(UNDER_WAY, "办理中", "tasks.do", "office.tasks.redo_days"),
        State(DONE, "待验收", "tasks.accept", "office.tasks.accept_days"),
        State(ACCEPTED, "已验收", final=True),
        State(CANCELLED, "已取消", final=True),
    ),
    transitions=(
        Transition("begin", "开始办理", (PLANNED,), UNDER_WAY, "tasks.do"),
        Transition("finish", "提交完成", (UNDER_WAY,), DONE, "tasks.do"),
        Transition("accept", "验收通过", (DONE,), ACCEPTED, "tasks.accept", not_by=("finish",)),
        Transition("return", "退回重办", (DONE,), UNDER_WAY, "tasks.accept", reason_required=True,
                   not_by=("finish",), returns=True),
        Transition("withdraw", "撤回", (DONE,), UNDER_WAY, "tasks.do", reason_required=True,
                   returns=True, own="finish"),
        Transition("cancel", "取消", (PLANNED, UNDER_WAY), CANCELLED, "tasks.plan", reason_required=True),
    ),
)  # fmt: skip
