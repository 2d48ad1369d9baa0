"""What people do with tasks, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.office.tasks.lifecycle import TASK_KIND

if TYPE_CHECKING:
    from youju.office.tasks.models import Task

PLANNED = verb("tasks.task.planned", "安排了任务")
BROUGHT = verb("tasks.task.brought", "提出了")
CHANGED = verb("tasks.task.changed", "修改了任务")
HANDED = verb("tasks.task.handed", "转交了任务")
REMINDED = verb("tasks.task.reminded", "催办了任务")
MEDIATED = verb("tasks.task.mediated", "记下了调解")
EVIDENCE = verb("tasks.task.evidence", "附上了证明")
UNMASKED = verb("tasks.task.unmasked", "查看了联系方式", reads=True)
REMOVED = verb("tasks.task.removed", "随导入批次撤销了任务")
LOADED = verb("tasks.demo.loaded", "载入了示例任务")
DEMO_KIND = "tasks.demo"

FIELDS = {
    "number": "编号",
    "kind": "类别",
    "title": "事项",
    "details": "要求",
    "tags": "标签",
    "project": "项目编码",
    "section": "科室",
    "person": "办理人",
    "acceptor": "验收人",
    "received_on": "受理日期",
    "starts_on": "开始日期",
    "due_on": "期限",
    "state": "状态",
    "done_on": "提交日期",
    "done_note": "完成情况",
    "accepted_on": "验收日期",
    "accepted_by": "验收人",
    "every": "周期",
    "until": "排到哪一天",
    "count": "件数",
    "rule": "规则",
    "held_on": "日期",
    "text": "经过",
    "outcome": "是否解决",
    "result": "办理结果",
    "other_side": "对方",
    "applicant": "申请方",
    "topic": "事由",
    "file": "文件",
    "batch": "导入批次",
    "seed": "种子",
}
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Task) -> Subject:
    """A task as the trail and the workflow name it."""
    return Subject(TASK_KIND, str(row.pk), str(row))
