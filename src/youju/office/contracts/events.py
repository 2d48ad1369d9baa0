"""What people do with contracts, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.office.contracts.lifecycle import CONTRACT_KIND, DELIVERABLE_KIND

if TYPE_CHECKING:
    from youju.office.contracts.models import Contract, Deliverable

REGISTERED = verb("contracts.contract.registered", "登记了合同")
CHANGED = verb("contracts.contract.changed", "修改了合同")
ENDED = verb("contracts.contract.ended", "终止了合同")
REMINDED = verb("contracts.contract.reminded", "提醒了合同到期")
REMOVED = verb("contracts.contract.removed", "随导入批次撤销了合同")
INSTALMENT = verb("contracts.instalment.agreed", "登记了付款约定")
OPINION = verb("contracts.opinion.given", "登记了法律意见")
PAPER = verb("contracts.paper.added", "附上了文件")
DELIVERABLE = verb("contracts.deliverable.added", "登记了成果")
SHEET_DOWNLOADED = verb("contracts.deliverable.downloaded", "下载了验收单", reads=True)
LOADED = verb("contracts.demo.loaded", "载入了示例合同")
DEMO_KIND = "contracts.demo"

FIELDS = {
    "number": "合同编号",
    "title": "名称",
    "party": "对方名称",
    "party_code": "对方统一社会信用代码",
    "amount": "金额（元）",
    "signed_on": "签订日期",
    "valid_from": "起始日期",
    "valid_to": "终止日期",
    "tags": "标签",
    "project": "项目编码",
    "note": "备注",
    "state": "状态",
    "ended_on": "提前终止日期",
    "due_on": "期限",
    "price": "价款（元）",
    "after": "验收后付款的成果",
    "delivered_on": "交付日期",
    "accepted_on": "验收日期",
    "accepted_by": "验收人",
    "given_on": "出具日期",
    "counsel": "律师",
    "hours": "工时",
    "file": "文件",
    "batch": "导入批次",
    "count": "件数",
}
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Contract) -> Subject:
    """A contract as the trail names it."""
    return Subject(CONTRACT_KIND, str(row.pk), str(row))


def deliverable_subject(row: Deliverable, number: str) -> Subject:
    """A deliverable as the trail and the workflow name it; ``number`` of its contract."""
    return Subject(DELIVERABLE_KIND, str(row.pk), f"{number} {row.title}")
