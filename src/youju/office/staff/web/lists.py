"""Persons' months and agreements as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.office.staff import addresses, permissions, selectors
from youju.office.staff.selectors import LineFilter
from youju.rules.office.staff.months import named

if TYPE_CHECKING:
    from youju.office.staff.models import StaffLine

_SEARCH = {"type": "search", "placeholder": "代码、岗位或派遣单位"}
ONLY = [
    ("", "全部"),
    ("unpaid", "到期没有发足的"),
    ("late", "晚发的"),
    ("off", "不在岗的"),
    ("corrected", "更正过的"),
]


class LineFilterForm(forms.Form):
    """The names are those of ``selectors.LineFilter``."""

    text = forms.CharField(label="查找", required=False, max_length=50, widget=forms.TextInput(attrs=_SEARCH))
    month = forms.DateField(
        label="月份",
        required=False,
        input_formats=["%Y-%m"],
        widget=forms.DateInput(format="%Y-%m", attrs={"type": "month"}),
    )
    section = forms.ChoiceField(label="科室", required=False)
    contract = forms.CharField(label="派遣合同", required=False, max_length=40)
    project = forms.CharField(label="项目编码", required=False, max_length=30)
    only = forms.ChoiceField(label="只看", required=False, choices=ONLY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = [("", "全部"), *sections().items()]


def pay_state(row: StaffLine) -> str:
    """How the wages stand, in words."""
    if row.paid >= row.due:
        late = row.paid_on is not None and row.paid_on > row.due_on
        return "晚发" if late else "已发" if row.due else "无应发"
    return "没有发足" if row.due_on < timezone.localdate() else "未到期"


def pay_badge(row: StaffLine) -> SafeString:
    """The same as a badge."""
    told = pay_state(row)
    tone = {"没有发足": "error", "晚发": "warning"}.get(told, "plain")
    return format_html('<span class="badge badge-{}">{}</span>', tone, told)


def _month(row: StaffLine) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', named(row.month))


def _position(row: StaffLine) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', row.position)


def _section(row: StaffLine) -> str:
    return sections().get(row.section, row.section)


def _person(row: StaffLine) -> SafeString:
    note = (
        format_html(' <span class="badge badge-hint">第 {} 版</span>', row.version) if row.version > 1 else ""
    )
    return format_html("{}{}", row.person, note)


LINES = Listing(
    name="staff",
    title="人月明细",
    columns=(
        Column(
            "month",
            "月份",
            value=lambda row: named(row.month),
            sort="month",
            href=lambda row: addresses.month(named(row.month)),
        ),
        Column(
            "person",
            "人员代码",
            sort="person",
            narrow="title",
            draw=_person,
            href=lambda row: addresses.line(str(row.pk)),
        ),
        Column("position", "岗位", value="position", sort="position", draw=_position),
        Column("section", "科室", value=_section, sort="section"),
        Column("payroll", "在岗", value="on_payroll", sort="on_payroll"),
        Column("due_on", "应发日期", value="due_on", sort="due_on"),
        Column("due", "应发（元）", value="due", sort="due", numeric=True),
        Column("paid", "实发（元）", value="paid", sort="paid", numeric=True),
        Column("paid_on", "实发日期", value="paid_on", sort="paid_on"),
        Column("state", "发放", value=pay_state, draw=pay_badge),
        Column("contract", "派遣合同", value="contract", page=False),
        Column("agency", "派遣单位", value="agency", page=False),
        Column("project", "项目编码", value="project", page=False),
        Column("version", "版本", value="version", numeric=True, page=False),
    ),
    order="-month",
    filter_form=LineFilterForm,
    export_name="派遣人员月表",
    parquet=True,
    empty="还没有派遣人员。先登记派遣约定，再用模板导入各月的名单。",
)
AGREEMENTS = Listing(
    name="agreements",
    title="派遣约定",
    columns=(
        Column("contract", "合同编号", sort="contract", narrow="title", href=lambda row: addresses.agreement(str(row.pk))),
        Column("agency", "派遣单位", value="agency", sort="agency"),
        Column("positions", "约定岗位数", value="positions", sort="positions", numeric=True),
        Column("from", "起始日期", value="valid_from", sort="valid_from"),
        Column("to", "终止日期", value="valid_to", sort="valid_to"),
        Column("project", "项目编码", value="project", narrow="hide"),
        Column("note", "备注", value="note", narrow="hide"),
    ),
    order="-from",
    export_name="派遣约定",
    empty="还没有派遣约定。登记合同编号、派遣单位、岗位数和起止日期，才看得出哪个月缺了、人数对不对。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def line_list(request: HttpRequest) -> HttpResponseBase:
    """Persons' months."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        LINES,
        lambda wish: selectors.lines(actor, _wish(wish)),
        template="staff/list.html",
        context={"may_import": allowed(actor, permissions.IMPORT)},
        may_export=allowed(actor, permissions.EXPORT),
    )


def _wish(wish: Mapping[str, Any]) -> LineFilter:
    given: dict[str, Any] = {name: value or (None if name == "month" else "") for name, value in wish.items()}
    return LineFilter(**given)


@require_safe
@permission_required(permissions.VIEW)
def agreement_list(request: HttpRequest) -> HttpResponseBase:
    """What contracts agree."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        AGREEMENTS,
        lambda _: selectors.agreements(actor),
        template="staff/list.html",
        context={"may_import": allowed(actor, permissions.IMPORT), "agreements": True},
        may_export=allowed(actor, permissions.EXPORT),
    )
