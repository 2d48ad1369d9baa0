"""What the lists of this room show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.foundation.identity.limits import sections
from youju.foundation.kernel.countries import name_of
from youju.foundation.shell.listing import Column, Listing
from youju.foundation.shell.templatetags.shell import badge
from youju.office.events import addresses
from youju.rules.office.events.kinds import DEAL_STATES, KIND_NAMES, SERVICE_KINDS
from youju.rules.office.events.lifecycle import (
    AEO_STAGES,
    EVENT_STATES,
    OPEN,
    PROSPECT_STAGES,
    SIGNUP_STATES,
)

if TYPE_CHECKING:
    from youju.office.events.models import Event

EVENT_TONES = {"accepted": "approved", "reported": "hint", "under_way": "ink"}
SIGNUP_TONES = {"approved": "approved", "applied": "hint", "waiting": "warning", "refused": "error"}
DEAL_TONES = {"confirmed": "approved", "declared": "hint", "refused": "error"}
STAGE_TONES = {
    "landed": "approved", "certified": "approved", "signed": "approved", "lost": "error", "refused": "error",
}  # fmt: skip
_SEARCH = {"type": "search"}


def is_late(row: Event) -> bool:
    """Whether it is over and nobody has reported its result."""
    return row.state in OPEN and row.ends_on < timezone.localdate()


def _state(row: Event) -> SafeString:
    late = badge("待提交结果", "warning") if is_late(row) else ""
    return format_html("{} {}", badge(EVENT_STATES[row.state], EVENT_TONES.get(row.state, "plain")), late)


def days_of(row: Event) -> str:
    """The days of an event in one cell."""
    same = row.starts_on == row.ends_on
    return row.starts_on.isoformat() if same else f"{row.starts_on} 至 {row.ends_on}"


def places_of(row: Event) -> str:
    """Places taken of those offered."""
    return f"{row.taken} / {row.places}" if row.places is not None else str(row.taken or "")


class EventFilterForm(forms.Form):
    """The names are those of ``selectors.EventFilter``."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs=_SEARCH | {"placeholder": "编号、名称或城市"}),
    )  # fmt: skip
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *KIND_NAMES.items()])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *EVENT_STATES.items()])
    year = forms.IntegerField(label="年度", required=False, min_value=2000, max_value=2099)
    only = forms.ChoiceField(
        label="只看", required=False, choices=[("", "全部"), ("open", "没有办完的"), ("late", "待提交结果的")]
    )
    section = forms.ChoiceField(label="科室", required=False)
    project = forms.CharField(label="项目编码", required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.choices = [("", "全部"), *sections().items()]


class _PartForm(forms.Form):
    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs=_SEARCH | {"placeholder": "企业或活动"}),
    )  # fmt: skip
    event = forms.CharField(label="活动编号", required=False, max_length=20)


def _part_form(label: str, states: dict[str, str]) -> type[forms.Form]:
    state = forms.ChoiceField(label=label, required=False, choices=[("", "全部"), *states.items()])
    return type("PartForm", (_PartForm,), {"state": state})


REGISTER = Listing(
    name="events",
    title="展会与活动",
    columns=(
        Column("number", "编号", sort="number"),
        Column("name", "名称", sort="name", narrow="title", href=lambda row: addresses.event(str(row.pk))),
        Column("kind", "类别", value=lambda row: KIND_NAMES[row.kind], sort="kind"),
        Column("starts", "开始日期", value="starts_on", sort="starts_on"),
        Column("ends", "结束日期", value="ends_on", sort="ends_on"),
        Column("state", "状态", value=lambda row: EVENT_STATES[row.state], sort="state", draw=_state),
        Column("place", "地点", value=lambda row: f"{name_of(row.country)} {row.city}".strip(), sort="country"),
        Column("taken", "已占用", value="taken", sort="taken", numeric=True),
        Column("places", "展位或名额", value="places", sort="places", numeric=True),
        Column("budget", "预算（元）", value="budget", sort="budget", numeric=True, narrow="hide"),
        Column("section", "负责科室", value=lambda row: sections().get(row.section, row.section), sort="section",
               narrow="hide"),
        Column("project", "项目编码", value="project", sort="project", narrow="hide"),
    ),
    order="-starts",
    filter_form=EventFilterForm,
    export_name="展会与活动",
    empty="还没有活动。可以一次一次登记，也可以把全年的计划整份导入。",
)  # fmt: skip
_EVENT = Column(
    "event",
    "活动",
    value="event.name",
    sort="event__name",
    href=lambda row: addresses.event(str(row.event_id)),
)
_NUMBER = Column("number", "活动编号", value="event.number", sort="event__number", narrow="hide")
SIGNUPS = Listing(
    name="signups",
    title="报名",
    columns=(
        Column("firm", "企业", sort="firm", narrow="title", href=lambda row: addresses.signup(str(row.pk))),
        _EVENT,
        _NUMBER,
        Column("wanted", "展位或名额", value="wanted", sort="wanted", numeric=True),
        Column("booth", "展位号", value="booth", sort="booth"),
        Column("state", "状态", value=lambda row: SIGNUP_STATES[row.state], sort="state",
               draw=lambda row: badge(SIGNUP_STATES[row.state], SIGNUP_TONES.get(row.state, "plain"))),
        Column("applied", "报名时间", value="applied_at", sort="applied_at"),
        Column("products", "展品或参加内容", value="products", narrow="hide"),
        Column("code", "企业代码", value="firm_code", sort="firm_code", narrow="hide"),
    ),
    order="-applied",
    filter_form=_part_form("状态", SIGNUP_STATES),
    export_name="活动报名",
    empty="还没有企业报名。发布一次活动，企业就能报名。",
)  # fmt: skip
DEALS = Listing(
    name="deals",
    title="展会成交",
    columns=(
        Column("firm", "企业", value="signup.firm", sort="signup__firm", narrow="title",
               href=lambda row: addresses.deal(str(row.pk))),
        _EVENT,
        _NUMBER,
        Column("won", "成交日期", value="won_on", sort="won_on"),
        Column("country", "买家国家（地区）", value=lambda row: name_of(row.country), sort="country"),
        Column("amount", "成交额（元）", value="amount", sort="amount", numeric=True),
        Column("state", "状态", value=lambda row: DEAL_STATES[row.state], sort="state",
               draw=lambda row: badge(DEAL_STATES[row.state], DEAL_TONES.get(row.state, "plain"))),
        Column("order", "交易单编号", value="order_number", sort="order_number", narrow="hide"),
    ),
    order="-won",
    filter_form=_part_form("状态", DEAL_STATES),
    export_name="展会成交",
    empty="还没有成交。参展企业自己申报，也可以在报名页面代为登记。",
)  # fmt: skip
PROSPECTS = Listing(
    name="prospects",
    title="招商对象",
    columns=(
        Column("firm", "企业", sort="firm", narrow="title", href=lambda row: addresses.prospect(str(row.pk))),
        Column("service", "服务类别", value=lambda row: SERVICE_KINDS[row.service], sort="service"),
        Column("region", "所在地", value="region", sort="region"),
        Column("stage", "进展", value=lambda row: PROSPECT_STAGES[row.stage], sort="stage",
               draw=lambda row: badge(PROSPECT_STAGES[row.stage], STAGE_TONES.get(row.stage, "plain"))),
        Column("last", "最近进展日期", value="last_on", sort="last_on"),
        Column("contacted", "接触日期", value="contacted_on", sort="contacted_on", narrow="hide"),
        Column("signed", "签约日期", value="signed_on", sort="signed_on", narrow="hide"),
        Column("landed", "落地日期", value="landed_on", sort="landed_on", narrow="hide"),
        Column("note", "最近进展", value="note", narrow="hide"),
        _EVENT,
    ),
    order="-last",
    filter_form=_part_form("进展", PROSPECT_STAGES),
    export_name="招商对象",
    empty="还没有招商对象。打开一次招商活动，登记接触过的企业。",
)  # fmt: skip
APPLICATIONS = Listing(
    name="applications",
    title="AEO 企业",
    columns=(
        Column("firm", "企业", sort="firm", narrow="title", href=lambda row: addresses.application(str(row.pk))),
        Column("code", "统一社会信用代码", value="firm_code", sort="firm_code"),
        Column("stage", "进展", value=lambda row: AEO_STAGES[row.stage], sort="stage",
               draw=lambda row: badge(AEO_STAGES[row.stage], STAGE_TONES.get(row.stage, "plain"))),
        Column("last", "最近进展日期", value="last_on", sort="last_on"),
        Column("submitted", "向海关申请", value="submitted_on", sort="submitted_on"),
        Column("certified", "认证日期", value="certified_on", sort="certified_on"),
        Column("note", "最近进展", value="note", narrow="hide"),
        _EVENT,
    ),
    order="-last",
    filter_form=_part_form("进展", AEO_STAGES),
    export_name="AEO企业",
    empty="还没有 AEO 企业。打开一次 AEO 培育活动，登记有意向的企业。",
)  # fmt: skip
ATTENDANCES = Listing(
    name="attendance",
    title="签到",
    columns=(
        Column("firm", "企业", sort="firm", narrow="title"),
        Column("person", "姓名", sort="person"),
        Column("present", "到场", value=lambda row: "是" if row.present else "否", sort="present"),
        Column("session", "场次", value="session.title", href=lambda row: addresses.session(str(row.session_id))),
        Column("held", "日期", value="session.held_on", sort="session__held_on"),
        Column("event", "活动", value="session.event.name"),
        Column("number", "活动编号", value="session.event.number", narrow="hide"),
        Column("came", "签到时间", value="came_at", narrow="hide"),
        Column("written", "登记时间", value="written_at", sort="id", narrow="hide"),
    ),
    order="-written",
    filter_form=_part_form("到场", {"yes": "到场", "no": "未到"}),
    export_name="签到名单",
    empty="还没有签到名单。打开一场培训或调研，登记应到名单，或者导入签到表。",
)  # fmt: skip
PARTS = {
    "signups": SIGNUPS,
    "deals": DEALS,
    "prospects": PROSPECTS,
    "applications": APPLICATIONS,
    "attendance": ATTENDANCES,
}
"""Lists by the word in their address."""
