"""What people do with events, as the trail says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.verbs import verb
from youju.foundation.kernel.subjects import Subject
from youju.rules.office.events.lifecycle import (
    APPLICATION_KIND,
    DEAL_KIND,
    EVENT_KIND,
    PROSPECT_KIND,
    SESSION_KIND,
    SIGNUP_KIND,
)

if TYPE_CHECKING:
    from youju.office.events.models import Application, Deal, Event, Prospect, Session, Signup

PLANNED = verb("events.event.planned", "登记了活动")
CHANGED = verb("events.event.changed", "修改了活动")
REMINDED = verb("events.event.reminded", "提醒了活动")
FILED = verb("events.event.filed", "附上了文件")
COST = verb("events.cost.entered", "登记了费用")
REMOVED = verb("events.event.removed", "随导入批次撤销了活动")
SUMMARISED = verb("events.event.downloaded", "下载了活动小结", reads=True)
SIGNED_UP = verb("events.signup.made", "报名参加")
PLACED = verb("events.signup.placed", "安排了展位")
UNMASKED = verb("events.contact.unmasked", "查看了联系方式", reads=True)
DECLARED = verb("events.deal.declared", "申报了成交")
DECIDED = verb("events.deal.decided", "核实了成交")
PROVED = verb("events.deal.filed", "附上了成交证明")
SESSION = verb("events.session.added", "登记了场次")
LISTED = verb("events.attendance.listed", "登记了应到名单")
CAME = verb("events.attendance.came", "登记了签到")
UNLISTED = verb("events.attendance.removed", "随导入批次撤销了签到名单")
PROSPECT = verb("events.prospect.added", "登记了招商对象")
PROSPECT_STEP = verb("events.prospect.moved", "登记了招商进展")
APPLICATION = verb("events.application.added", "登记了 AEO 企业")
APPLICATION_STEP = verb("events.application.moved", "登记了认证进展")
LOADED = verb("events.demo.loaded", "载入了示例活动")
DEMO_KIND = "events.demo"

FIELDS = {
    "number": "编号",
    "kind": "类别",
    "name": "名称",
    "name_en": "英文名称",
    "country": "国家（地区）",
    "city": "城市",
    "venue": "场馆或地点",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "signup_until": "报名截止",
    "places": "展位或名额",
    "budget": "预算（元）",
    "project": "项目编码",
    "section": "负责科室",
    "details": "说明",
    "subsidy": "补贴政策或批次",
    "evaluation": "评价问卷",
    "state": "状态",
    "report_note": "结果",
    "amount": "金额（元）",
    "spent_on": "日期",
    "reference": "付款编号",
    "firm": "企业名称",
    "wanted": "展位或名额",
    "booth": "展位号",
    "won_on": "成交日期",
    "order_number": "交易单编号",
    "title": "场次",
    "held_on": "日期",
    "hours": "学时",
    "person": "姓名",
    "present": "到场",
    "service": "服务类别",
    "stage": "进展",
    "on": "日期",
    "note": "说明",
    "rule": "规则",
    "file": "文件",
    "batch": "导入批次",
    "count": "件数",
}
"""The Chinese names of what the trail keeps of this room."""


def subject_of(row: Event) -> Subject:
    """An event as the trail and the workflow name it."""
    return Subject(EVENT_KIND, str(row.pk), str(row))


def signup_subject(row: Signup, name: str) -> Subject:
    """A sign-up as the trail and the workflow name it; ``name`` of its event."""
    return Subject(SIGNUP_KIND, str(row.pk), f"{row.firm} {name}")


def deal_subject(row: Deal, firm: str) -> Subject:
    """An order won; ``firm`` that won it."""
    return Subject(DEAL_KIND, str(row.pk), f"{firm} {row.amount} 元")


def session_subject(row: Session) -> Subject:
    """A session."""
    return Subject(SESSION_KIND, str(row.pk), str(row))


def prospect_subject(row: Prospect) -> Subject:
    """A firm that is to be won."""
    return Subject(PROSPECT_KIND, str(row.pk), row.firm)


def application_subject(row: Application) -> Subject:
    """An AEO application."""
    return Subject(APPLICATION_KIND, str(row.pk), row.firm)
