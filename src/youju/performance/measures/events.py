"""What people do with measures, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.performance.measures.lifecycle import (
    ADJUSTMENT_KIND,
    ATTESTATION_KIND,
    BINDING_KIND,
    FREEZE_KIND,
)

if TYPE_CHECKING:
    from youju.performance.measures.models import Adjustment, Attestation, Binding, Freeze

DRAFTED = verb("measures.binding.drafted", "起草了绑定")
CONFIRMED = verb("measures.binding.confirmed", "确认了绑定")
APPROVED = verb("measures.binding.approved", "批准了绑定")
REFUSED = verb("measures.binding.refused", "退回了绑定")
REPLACED = verb("measures.binding.replaced", "更换了绑定")
SIGNED = verb("measures.statement.signed", "签署了")
COUNTERSIGNED = verb("measures.statement.countersigned", "复签了")
DECLINED = verb("measures.statement.declined", "退回了")
WITHDRAWN = verb("measures.statement.withdrawn", "撤回了")
FROZEN = verb("measures.freeze.made", "冻结了计量")
LOADED = verb("measures.demo.loaded", "载入了示例绑定")
DEMO_KIND = "measures.demo"

FIELDS = {
    "project": "项目编码",
    "row": "行号",
    "level3": "三级指标",
    "basis": "依据",
    "metric": "指标编码",
    "parameters": "参数",
    "reading": "分档办法",
    "note": "说明",
    "version": "版本",
    "state": "状态",
    "until": "截至",
    "value": "数值",
    "tier": "分档",
    "tier_rate": "得分率（%）",
    "text": "理由或情况",
    "evidence": "证据",
    "computed": "计算的值",
    "purpose": "用途",
    "content_hash": "内容校验值",
    "rows": "行数",
    "figures": "冻结值个数",
    "count": "条数",
}
"""The Chinese names of what the trail keeps of this room."""


def binding_subject(row: Binding) -> Subject:
    """A binding as the trail names it."""
    return Subject(BINDING_KIND, str(row.pk), str(row))


def attestation_subject(row: Attestation) -> Subject:
    """A statement as the trail names it."""
    return Subject(ATTESTATION_KIND, str(row.pk), str(row))


def adjustment_subject(row: Adjustment) -> Subject:
    """An adjustment as the trail names it."""
    return Subject(ADJUSTMENT_KIND, str(row.pk), str(row))


def freeze_subject(row: Freeze) -> Subject:
    """A freezing as the trail names it."""
    return Subject(FREEZE_KIND, str(row.pk), str(row))
