"""What people do with releases, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.performance.disclosure.lifecycle import KIND

if TYPE_CHECKING:
    from youju.performance.disclosure.models import Release

PREPARED = verb("disclosure.release.prepared", "编制了公开内容")
REFRESHED = verb("disclosure.release.refreshed", "重新生成了公开内容")
PUBLISHED = verb("disclosure.release.published", "公开了")
CLOSED = verb("disclosure.release.closed", "撤下了")
EXPORTED = verb("disclosure.site.exported", "导出了公开网站", reads=True)
LOADED = verb("disclosure.demo.loaded", "载入了示例公开内容")
SITE_KIND, DEMO_KIND = "disclosure.site", "disclosure.demo"

FIELDS = {
    "kind": "内容", "year": "年度", "version": "版本", "state": "状态", "until": "数据截至", "content_hash": "内容校验值",
    "reason": "更正理由", "closing": "撤下理由", "files": "文件数", "figures": "数字个数", "count": "个数",
}  # fmt: skip
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Release) -> Subject:
    """A release as the trail and the workflow name it."""
    return Subject(KIND, str(row.pk), str(row))
