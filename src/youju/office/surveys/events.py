"""What people do with surveys, as the trail says it. That a sheet was answered is no deed of anybody: it is not on the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.office.surveys.lifecycle import SURVEY_KIND

if TYPE_CHECKING:
    from youju.office.surveys.models import Survey

BUILT = verb("surveys.survey.built", "建立了问卷")
COPIED = verb("surveys.survey.copied", "照往年问卷建立了")
CHANGED = verb("surveys.survey.changed", "修改了问卷")
QUESTION = verb("surveys.question.changed", "修改了题目")
CHANNEL = verb("surveys.channel.changed", "登记了渠道")
TOKENS = verb("surveys.token.made", "生成了一次性码", reads=True)
PAPER = verb("surveys.paper.taken_in", "导入了纸质答卷")
PAPER_REMOVED = verb("surveys.paper.removed", "撤销了纸质答卷的导入")
OPENED_BOX = verb("surveys.box.opened", "开箱统计了答卷")
PUT_OFF = verb("surveys.survey.put_off", "改了截止日期")
REMINDED = verb("surveys.survey.reminded", "提醒了答卷不多")
EXPORTED = verb("surveys.result.exported", "导出了结果", reads=True)
LOADED = verb("surveys.demo.loaded", "载入了示例调查")
DEMO_KIND = "surveys.demo"

FIELDS = {
    "number": "编号",
    "title": "标题",
    "title_en": "英文标题",
    "intro": "说明",
    "intro_en": "英文说明",
    "year": "年度",
    "quarter": "季度",
    "project": "项目编码",
    "tags": "标签",
    "closes_on": "截止日期",
    "previous": "上一次调查",
    "place": "题号",
    "kind": "题型",
    "text": "题目",
    "text_en": "英文题目",
    "options": "选项",
    "required": "必答",
    "name": "渠道",
    "handed_out": "发出份数",
    "answered": "收回份数",
    "count": "件数",
    "format": "格式",
    "channel": "渠道",
    "batch": "导入批次",
}
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Survey) -> Subject:
    """A survey as the trail and the workflow name it."""
    return Subject(SURVEY_KIND, str(row.pk), str(row))
