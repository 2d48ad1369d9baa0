"""What people do with dispatched staff, as the trail says it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.office.staff.lifecycle import AGREEMENT_KIND, LINE_KIND, MONTH_KIND
from youju.rules.office.staff.months import named

if TYPE_CHECKING:
    from youju.office.staff.models import Agreement, StaffLine

IMPORTED = verb("staff.month.stored", "导入了派遣人员月表")
REMOVED = verb("staff.month.removed", "随导入批次撤销了月表")
LINE_STORED = verb("staff.line.stored", "登记了派遣人员的一个月")
CORRECTED = verb("staff.line.corrected", "更正了派遣人员的一个月")
LEFT_OUT = verb("staff.line.left_out", "重新导入时不再列入")
REMINDED = verb("staff.month.reminded", "提醒了派遣人员的事项")
AGREED = verb("staff.agreement.registered", "登记了派遣约定")
CHANGED = verb("staff.agreement.changed", "修改了派遣约定")
LOADED = verb("staff.demo.loaded", "载入了示例派遣人员")
DEMO_KIND = "staff.demo"

FIELDS = {
    "month": "月份",
    "person": "人员代码",
    "position": "岗位",
    "section": "科室",
    "contract": "派遣合同编号",
    "agency": "派遣单位",
    "project": "项目编码",
    "due_on": "应发日期",
    "due": "应发工资（元）",
    "paid": "实发工资（元）",
    "paid_on": "实发日期",
    "on_payroll": "在岗",
    "version": "版本",
    "positions": "约定岗位数",
    "valid_from": "起始日期",
    "valid_to": "终止日期",
    "note": "备注",
    "state": "状态",
    "batch": "导入批次",
    "count": "行数",
    "new": "新增",
    "changed": "更正",
    "gone": "不再列入",
    "message": "内容",
}
"""The Chinese names of what the trail keeps of this room."""


def month_subject(month: date) -> Subject:
    """A month as the trail and the workflow name it."""
    return Subject(MONTH_KIND, named(month), f"{named(month)} 派遣人员月表")


def line_subject(row: StaffLine) -> Subject:
    """A person's month as the trail names it."""
    return Subject(LINE_KIND, str(row.pk), str(row))


def agreement_subject(row: Agreement) -> Subject:
    """An agreement as the trail names it."""
    return Subject(AGREEMENT_KIND, str(row.pk), str(row))
