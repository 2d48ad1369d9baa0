"""The list of rounds, and the list of rectification orders."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.performance.monitoring import permissions, selectors
from youju.performance.monitoring.selectors import STATES, OrderFilter, is_late
from youju.performance.monitoring.web.telling import ORDER_TONES, ROUND_TONES
from youju.rules.performance.monitoring.lifecycle import ROUND_STATES

if TYPE_CHECKING:
    from youju.performance.monitoring.models import Order, Round


class OrderFilterForm(forms.Form):
    """The names are those of ``selectors.OrderFilter``."""

    text = forms.CharField(
        label="查找", required=False, max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "编号、问题或项目"}),
    )  # fmt: skip
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    only = forms.ChoiceField(
        label="只看", required=False,
        choices=[
            ("", "全部"), ("open", "没有办结的"), ("late", "逾期的"), ("mine", "我科室要整改的"), ("verify", "等待核实的"),
            ("held", "暂停拨付的"),
        ],
    )  # fmt: skip
    section = forms.ChoiceField(label="责任科室", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.choices = [("", "全部"), *sections().items()]


def wish_of(given: Mapping[str, Any]) -> OrderFilter:
    """The cleaned fields of the form as the selectors take them."""
    return OrderFilter(**{name: value or "" for name, value in given.items()})


def _round_state(row: Round) -> SafeString:
    return format_html(
        '<span class="badge badge-{}">{}</span>', ROUND_TONES.get(row.state, "plain"), ROUND_STATES[row.state]
    )


def _order_state(row: Order) -> SafeString:
    late = format_html(' <span class="badge badge-error">{}</span>', "逾期") if is_late(row) else ""
    return format_html(
        '<span class="badge badge-{}">{}</span>{}',
        ORDER_TONES.get(row.state, "plain"),
        STATES[row.state],
        late,
    )


ROUNDS = Listing(
    name="rounds",
    title="运行监控",
    columns=(
        Column("number", "编号", sort="number", narrow="title", href=lambda row: reverse("monitoring:round", args=[row.number])),
        Column("month", "期间", value=lambda row: f"{row.year} 年 1—{row.month} 月", sort=("year", "month")),
        Column("unit", "单位", value=lambda row: row.unit_name or row.unit_key),
        Column("state", "状态", value=lambda row: ROUND_STATES[row.state], sort="state", draw=_round_state),
        Column("projects", "项目", value="count", numeric=True),
        Column("warned", "黄色、红色项目", value="warned", numeric=True),
        Column("open", "没有办结的整改", value="open", numeric=True),
        Column("made", "编制", value=lambda row: f"{row.made_name} {row.made_at:%Y-%m-%d}", narrow="hide"),
    ),
    order="-month",
    tie=("-pk",),
    export_name="运行监控",
    empty="还没有运行监控。绩效目标批准以后，由绩效管理人员按月编制，1—7 月的每年 8 月上报。",
)  # fmt: skip
ORDERS = Listing(
    name="orders",
    title="整改通知",
    columns=(
        Column("number", "编号", sort="number"),
        Column("title", "问题", sort="title", narrow="title", href=lambda row: reverse("monitoring:order", args=[row.number])),
        Column("project", "项目", value="project.name"),
        Column("round", "运行监控", value="project.round.number"),
        Column("state", "状态", value=lambda row: STATES[row.state], sort="state", draw=_order_state),
        Column("section", "责任科室", value=lambda row: sections().get(row.section, row.section), sort="section"),
        Column("issued", "下达日期", value="issued_on", sort="issued_on"),
        Column("due", "整改期限", value="due_on", sort="due_on"),
        Column("replied", "回复日期", value="replied_on", sort="replied_on", narrow="hide"),
        Column("verified", "核实日期", value="verified_on", sort="verified_on", narrow="hide"),
        Column("requirement", "整改要求", value="requirement", page=False),
    ),
    order="-issued",
    tie=("-pk",),
    filter_form=OrderFilterForm,
    export_name="整改通知清单",
    empty="还没有整改通知。在一轮运行监控的项目里下达。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def round_list(request: HttpRequest) -> HttpResponseBase:
    """All rounds, the latest first."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        ROUNDS,
        lambda _: selectors.rounds(actor),
        template="monitoring/list.html",
        context={"may_edit": allowed(actor, permissions.EDIT)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def order_list(request: HttpRequest) -> HttpResponseBase:
    """All rectification orders, found by words, state and section."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        ORDERS,
        lambda wish: selectors.orders(actor, wish_of(wish)),
        template="monitoring/orders.html",
        context={},
        may_export=allowed(actor, permissions.EXPORT),
    )
