"""The deeds of this room, and what its records are called in the trail. The steps of the life cycle are workflow's verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.performance.targets.lifecycle import KIND

if TYPE_CHECKING:
    from youju.performance.targets.models import ImportPreview, Project, TargetSet

PROJECT_KIND = "targets.project"
PREVIEW_KIND = "targets.preview"

STAGED = verb("targets.preview.staged", "上传了待核对的")
YEAR_CHANGED = verb("targets.preview.year_changed", "改了比较年度的是")
DISCARDED = verb("targets.preview.discarded", "放弃了")
IMPORTED = verb("targets.set.imported", "导入了")
ADJUSTING = verb("targets.set.adjusting", "开始调整，建立了")
ADJUSTMENT_SET = verb("targets.set.adjustment_set", "改写了调整说明的是")
SERVED = verb("targets.set.served", "修改了项目与分项目标的对应关系的是")
LINTED = verb("targets.set.linted", "重新审核了")
ANSWERED = verb("targets.set.answered", "答复了审核意见的是")
EDITED = verb("targets.project.edited", "修改了")
TYPING_CLEARED = verb("targets.project.typing_cleared", "按保留期限清理了未保存的录入，表是")
BULK_EDITED = verb("targets.set.bulk_edited", "用 Excel 批量修改了")
DOWNLOADED = verb("targets.set.downloaded", "下载了", reads=True)
SOURCE_READ = verb("targets.set.source_read", "下载了来源文件的是", reads=True)
COMPARED = verb("targets.set.difference_exported", "导出了版本对比的是", reads=True)

SET_FIELDS = {
    "state": "状态",
    "version": "版本",
    "based_on": "所依版本",
    "source": "来源文件",
    "sha256": "校验值",
    "projects": "项目数",
    "indicators": "指标行数",
    "errors": "错误",
    "warnings": "警告",
    "hints": "提示",
    "serves": "承接的分项目标",
    "adjust_reason": "调整理由",
    "adjust_document": "调整文号",
    "adjust_file": "调整文件",
    "answers": "答复",
    "fields": "内容",
    "due_on": "限办日期",
    "flow": "流程",
    "fiscal_year": "年度",
    "cells": "改动的格",
}
PROJECT_FIELDS = {"typed_by": "录入人", "saved_at": "最后自动保存"}


def set_subject(target_set: TargetSet) -> Subject:
    """A version, as the trail and the workflow know it."""
    unit = target_set.unit_name or target_set.unit_key
    label = f"{target_set.fiscal_year} 年{unit}绩效目标第 {target_set.version} 版"
    return Subject(KIND, str(target_set.pk), label)


def project_subject(target_set: TargetSet, project: Project) -> Subject:
    """One project table of a version."""
    return Subject(
        PROJECT_KIND, f"{target_set.pk}:{project.code}", f"第 {target_set.version} 版“{project.name[:100]}”"
    )


def preview_subject(preview: ImportPreview) -> Subject:
    """An upload that waits."""
    return Subject(PREVIEW_KIND, str(preview.pk), preview.filename)
