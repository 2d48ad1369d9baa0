"""The rules TSK-…: what is said of a task as it is planned, submitted, accepted, or lies there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue, names, whole
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.kinds import KIND_NAMES, TaskKind
from youju.rules.office.tasks.lifecycle import OPEN
from youju.rules.registry import rule
from youju.rules.workflow import is_working_day, working_days_between

PLANNING, DOING, OUTSIDE = "house-office#plan", "house-office#acceptance", "house-office#disputes"
DAY = date(2020, 1, 1)
LawOf = Mapping[str, PolicyValue]
_HOLIDAYS = "foundation.workflow.fixed_holidays"


@rule("TSK-001", title="期限早于开始", basis=PLANNING, since=DAY, severity=Severity.ERROR, scope="task")
def a_task_ends_after_it_begins(task: TaskFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """任务的期限不得早于开始日期。"""
    if task.moment != "plan" or task.due_on >= task.starts_on:
        return None
    return Finding(
        f"期限 {task.due_on} 早于开始日期 {task.starts_on}。", "请改开始日期或期限。", {"field": "due_on"}
    )


@rule("TSK-002", title="办理和验收是同一人", basis=DOING, since=DAY, severity=Severity.ERROR, scope="task")
def who_does_it_does_not_accept_it(task: TaskFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """任务由办理人以外的人验收。"""
    if task.moment == "plan" and task.person and task.person == task.acceptor:
        return Finding("办理人和验收人是同一个人。", "请另选验收人。", {"field": "acceptor"})
    if task.moment == "accept" and task.actor in (task.person, task.finished_by):
        return Finding("这件任务由您办理，不能由您验收。", "请由其他人验收。", {"field": "acceptor"})
    return None


@rule(
    "TSK-003",
    title="没有完成的证明",
    basis=DOING,
    since=DAY,
    severity=Severity.ERROR,
    scope="task",
    parameters=("office.tasks.evidence_kinds",),
)
def what_is_done_is_proved(task: TaskFacts, law: LawOf) -> Finding | None:
    """提交完成时须附证明材料。"""
    if task.moment != "finish" or task.evidence or task.kind not in names(law, "office.tasks.evidence_kinds"):
        return None
    return Finding(
        f"{KIND_NAMES[task.kind]}类任务提交完成时须附证明材料。",
        "请先上传文件、照片或签到表，再提交。",
        {"field": "evidence"},
    )


@rule(
    "TSK-004",
    title="期限不是工作日",
    basis=PLANNING,
    since=DAY,
    severity=Severity.HINT,
    scope="task",
    parameters=(_HOLIDAYS,),
)
def a_task_ends_on_a_working_day(task: TaskFacts, law: LawOf) -> Finding | None:
    """任务的期限宜定在工作日。"""
    if task.moment != "plan" or is_working_day(task.due_on, frozenset(names(law, _HOLIDAYS))):
        return None
    return Finding(
        f"期限 {task.due_on} 不是工作日。", "如当天没有人上班，请提前到前一个工作日。", {"field": "due_on"}
    )


@rule(
    "TSK-005",
    title="快到期了",
    basis=PLANNING,
    since=DAY,
    severity=Severity.HINT,
    scope="task",
    parameters=("office.tasks.remind_days", _HOLIDAYS),
)
def what_ends_soon_is_said(task: TaskFacts, law: LawOf) -> Finding | None:
    """临近期限的任务应当提醒办理人。"""
    if task.moment != "watch" or task.state not in OPEN or task.due_on < task.day:
        return None
    left = working_days_between(task.day, task.due_on, frozenset(names(law, _HOLIDAYS)))
    if left > whole(law, "office.tasks.remind_days"):
        return None
    when = f"还有 {left} 个工作日到期" if left else "今天到期"
    return Finding(f"“{task.title}”{when}。", "请抓紧办理，做完后附上证明提交。", {"field": "due_on"})


@rule(
    "TSK-006", title="过了期限还没有办完", basis=PLANNING, since=DAY, severity=Severity.WARNING, scope="task"
)
def what_is_late_is_said(task: TaskFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """过了期限没有办完的任务应当提醒办理人和负责人。"""
    if task.moment != "watch" or task.state not in OPEN or task.due_on >= task.day:
        return None
    return Finding(
        f"“{task.title}”的期限是 {task.due_on}，还没有办完。",
        "请尽快办理；办不了的写明理由后转给别人，或者取消。",
        {"field": "due_on"},
    )


@rule("TSK-007", title="纠纷的两方不清楚", basis=OUTSIDE, since=DAY, severity=Severity.ERROR, scope="dispute")
def a_dispute_has_two_sides(task: TaskFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """纠纷投诉须写明对方，对方不能是申请方自己。"""
    if task.moment != "plan":
        return None
    if not task.other_side.strip():
        return Finding("没有写明对方。", "请写对方的名称。", {"field": "other_side"})
    if task.other_side.strip() == task.applicant.strip():
        return Finding("对方和申请方是同一家。", "请核对对方的名称。", {"field": "other_side"})
    return None


@rule(
    "TSK-008", title="纠纷没有调解就办结", basis=OUTSIDE, since=DAY, severity=Severity.ERROR, scope="dispute"
)
def a_dispute_was_mediated(task: TaskFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """纠纷投诉办结前至少有一次调解记录。"""
    if task.moment != "finish" or task.mediations:
        return None
    return Finding(
        "还没有调解记录。", "请先记下调解的日期和经过；对方不到场的也要记。", {"field": "mediation"}
    )


@rule("TSK-009", title="诉求和纠纷没有结果", basis=OUTSIDE, since=DAY, severity=Severity.ERROR, scope="task")
def what_came_from_outside_is_answered(task: TaskFacts, law: LawOf) -> Finding | None:  # noqa: ARG001
    """物流诉求和纠纷投诉办结时须写明结果，申请方看得到。"""
    if task.moment != "finish" or task.kind not in (TaskKind.REQUEST, TaskKind.DISPUTE):
        return None
    if task.outcome and task.result.strip():
        return None
    return Finding("没有写明办理结果。", "请选择是否解决，并写一句话告诉申请方。", {"field": "result"})


@rule(
    "TSK-010",
    title="重复的次数太多",
    basis=PLANNING,
    since=DAY,
    severity=Severity.ERROR,
    scope="task",
    parameters=("office.tasks.most_repeats",),
)
def a_plan_has_an_end(task: TaskFacts, law: LawOf) -> Finding | None:
    """一项重复的任务一次排出的次数有上限。"""
    most = whole(law, "office.tasks.most_repeats")
    if task.moment != "plan" or task.repeats <= most:
        return None
    return Finding(
        f"会排出 {task.repeats} 次，一次至多排 {most} 次。",
        "请把截止日期提前，来年再排来年的。",
        {"field": "until"},
    )
