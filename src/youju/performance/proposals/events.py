"""What people do with proposals and audits of targets, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.performance.proposals.lifecycle import AUDIT_KIND, PROPOSAL_KIND

if TYPE_CHECKING:
    from youju.performance.proposals.models import Audit, Proposal

MADE = verb("proposals.proposal.made", "编制了下年目标建议")
EDITED = verb("proposals.proposal.edited", "修改了下年目标建议")
ADOPTED = verb("proposals.proposal.adopted", "转成了下年绩效目标草稿")
OPENED = verb("proposals.audit.opened", "开始审核绩效目标")
MARKED = verb("proposals.audit.marked", "给绩效目标审核打分")
CONCLUDED = verb("proposals.audit.concluded", "出具了绩效目标审核意见")
OPINION_TAKEN = verb("proposals.audit.downloaded", "下载了绩效目标审核意见", reads=True)
LOADED = verb("proposals.demo.loaded", "载入了示例目标建议和审核")
DEMO_KIND = "proposals.demo"

FIELDS = {
    "number": "编号", "year": "年度", "version": "绩效目标版本", "rows": "行数", "place": "位置", "level3": "三级指标",
    "description": "描述", "raw_value": "指标值", "basis": "依据", "reason": "理由", "total": "得分", "band": "等级",
    "mark": "审核人评分", "why": "评分的理由", "item": "小项", "opinion": "审核意见", "file": "文件", "state": "状态",
}  # fmt: skip
"""The Chinese names of what the trail keeps of this room."""


def proposal_subject(row: Proposal) -> Subject:
    """A proposal as the trail and the workflow name it: by its number."""
    return Subject(PROPOSAL_KIND, row.number, str(row))


def audit_subject(row: Audit) -> Subject:
    """An audit as the trail and the workflow name it: by its number."""
    return Subject(AUDIT_KIND, row.number, str(row))
