"""What people do with the records of the base, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb
from youju.office.base import registers

REGISTERED = verb("base.record.registered", "登记了")
CHANGED = verb("base.record.changed", "修改了")
REMOVED = verb("base.record.removed", "随导入批次撤销了")
REPEALED = verb("base.document.repealed", "登记了废止")
PAPER = verb("base.paper.added", "附上了文件")
MILESTONE = verb("base.milestone.agreed", "登记了节点")
MILESTONE_DONE = verb("base.milestone.done", "登记了节点完成")
REMINDED = verb("base.platform.reminded", "提醒了平台项目逾期")
LOADED = verb("base.demo.loaded", "载入了示例的基地与支持政策")
DEMO_KIND = "base.demo"

FIELDS = registers.FIELDS | {
    "state": "状态",
    "repealed_by": "废止它的文件",
    "repealed_on": "废止之日",
    "place": "序号",
    "milestone": "节点",
    "done_on": "完成日期",
    "file": "文件",
    "role": "用途",
    "batch": "导入批次",
    "count": "件数",
}
"""The Chinese names of what the trail keeps of this room."""
