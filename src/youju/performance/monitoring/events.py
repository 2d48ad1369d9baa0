"""What people do in monitoring, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.performance.monitoring.lifecycle import ORDER_KIND, ROUND_KIND, SUSPENSION_KIND

if TYPE_CHECKING:
    from youju.performance.monitoring.models import Order, Round, Suspension

MADE = verb("monitoring.round.made", "编制了运行监控")
FILLED = verb("monitoring.round.filled", "填报了运行监控")
IMPORTED = verb("monitoring.round.imported", "导入了偏差原因")
FORM_TAKEN = verb("monitoring.round.downloaded", "下载了运行监控表", reads=True)
ISSUED = verb("monitoring.order.issued", "下达了整改通知")
EVIDENCE = verb("monitoring.order.evidence", "附上了整改证明")
SUSPENDED = verb("monitoring.suspension.decided", "决定暂停拨付")
LIFTED = verb("monitoring.suspension.lifted", "恢复了拨付")
LOADED = verb("monitoring.demo.loaded", "载入了示例运行监控")
DEMO_KIND = "monitoring.demo"

FIELDS = {
    "number": "编号", "year": "年度", "month": "月份", "digest": "校验值", "version": "绩效目标版本",
    "place": "位置", "likelihood": "完成目标可能性", "cause": "偏差原因", "explanation": "说明",
    "measure": "改进措施", "remark": "备注", "section": "责任科室", "title": "问题", "requirement": "整改要求",
    "due_on": "整改期限", "reply": "整改情况", "file": "文件", "code": "项目编码", "reason": "理由", "rows": "行数",
    "count": "件数", "state": "状态",
}  # fmt: skip
"""The Chinese names of what the trail keeps of this room."""


def round_subject(row: Round) -> Subject:
    """A round as the trail and the workflow name it: by its number."""
    return Subject(ROUND_KIND, row.number, str(row))


def order_subject(row: Order) -> Subject:
    """An order as the trail and the workflow name it: by its number."""
    return Subject(ORDER_KIND, row.number, str(row))


def suspension_subject(row: Suspension) -> Subject:
    """A suspension as the trail names it: by the number of its order; needs the order."""
    return Subject(SUSPENSION_KIND, row.order.number, str(row))
