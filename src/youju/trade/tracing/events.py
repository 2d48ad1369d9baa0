"""What people do in this room, as the trail says it."""

from __future__ import annotations

from youju.foundation.audit.verbs import verb

CODE_KIND = "tracing.code"
CONSENT_KIND = "tracing.consent"
CHAIN_KIND = "tracing.chain"
LABELS_KIND = "tracing.labels"

CODES_MADE = verb("tracing.codes.made", "制作了溯源码")
CODE_REVOKED = verb("tracing.code.revoked", "作废了溯源码")
CONSENT_CHANGED = verb("tracing.consent.changed", "改了是否公开摊位")
CHAIN_EXPORTED = verb("tracing.chain.exported", "导出了货物来源", reads=True)
LABELS_DOWNLOADED = verb("tracing.labels.downloaded", "下载了溯源标签", reads=True)

FIELDS = {
    "order": "交易单",
    "line_no": "序号",
    "lines": "行数",
    "labels": "标签数",
    "format": "格式",
    "shown": "公开摊位",
    "file": "文件",
}
"""The Chinese names of what the trail keeps of this room."""
