"""What people do with report checks, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from youju.performance.report_checks.models import ReportCheck

KIND = "report_checks.check"
ASKED = verb("report_checks.asked", "提交了报告核对")
CHECKED = verb("report_checks.checked", "核对了报告")
FAILED = verb("report_checks.failed", "没有读成报告")
TAKEN = verb("report_checks.downloaded", "下载了核对结果", reads=True)
LOADED = verb("report_checks.demo.loaded", "载入了示例报告核对")
DEMO_KIND = "report_checks.demo"

FIELDS = {
    "name": "文件", "year": "年度", "figures": "数字", "disagrees": "不符", "unjudged": "不能判断", "follows": "上一次核对",
    "file": "文件", "fault": "原因",
}  # fmt: skip
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: ReportCheck) -> Subject:
    """A check as the trail names it."""
    return Subject(KIND, str(row.pk), str(row)[:200])
