"""The list of orders, and one order's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.figures import grouped
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.orders.lifecycle import CANCELLED, CONFIRMED, DRAFT, ORDER_FLOW, REGISTERED
from youju.trade.orders import permissions, selectors
from youju.trade.orders.imports import ORDERS
from youju.trade.parties import addresses as parties
from youju.trade.parties.countries import name_of

if TYPE_CHECKING:
    from datetime import datetime

    from youju.trade.orders.models import Order, OrderFinding

TONES = {DRAFT: "warning", REGISTERED: "hint", CONFIRMED: "approved", CANCELLED: "plain"}
# A draft that stands in this table was registered once and sent back.
STATES = {DRAFT: "已退回，待修改"} | {
    state.code: state.label for state in ORDER_FLOW.states if state.code != DRAFT
}


class OrderFilter(forms.Form):
    """What narrows the list; the names are those of ``selectors.orders``."""

    text = forms.CharField(
        label="查找",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "交易单号、外部单号、备注"}),
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    kind = forms.ChoiceField(
        label="种类",
        required=False,
        choices=[("", "全部"), *((each.value, each.label) for each in OrderKind)],
    )
    since = forms.DateField(label="成交日期从", required=False, widget=forms.DateInput(attrs={"type": "date"}),
                            error_messages={"invalid": "这不是日期，请写成 2023-06-01 的样子。"})  # fmt: skip
    until = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}),
                            error_messages={"invalid": "这不是日期，请写成 2023-06-01 的样子。"})  # fmt: skip
    waiting = forms.BooleanField(label="只看待我确认的", required=False)


def state_badge(state: str) -> SafeString:
    """The state as a mark."""
    return format_html('<span class="badge badge-{}">{}</span>', TONES[state], STATES[state])


def _link(row: Order) -> str:
    return reverse("orders:order", args=[row.number])


LISTING = Listing(
    name="orders",
    title="交易单",
    columns=(
        Column("number", "交易单号", sort="number", narrow="title", href=_link),
        Column("state", "状态", sort="state", value=lambda row: STATES[row.state], draw=lambda row: state_badge(row.state)),
        Column("kind", "种类", sort="kind", value=lambda row: OrderKind(row.kind).label, narrow="hide"),
        Column("ordered", "成交日期", value="ordered_on", sort="ordered_on"),
        Column("merchant", "市场经营户", value="merchant_name"),
        Column("agent", "外贸代理", value="agent_name", narrow="hide"),
        Column("buyer", "境外采购商", value="buyer_name"),
        Column("country", "运抵国（地区）", value=lambda row: name_of(row.country) or row.country, narrow="hide"),
        Column("currency", "币种", sort="currency"),
        Column("amount", "总价", sort="amount", numeric=True),
        Column("cny", "折人民币（元）", value="amount_cny", sort="amount_cny", numeric=True, narrow="hide"),
        Column("lines", "行数", value="lines_count", sort="lines_count", numeric=True, narrow="hide"),
        Column("reference", "外部单号", sort="reference", narrow="hide"),
    ),
    order="-ordered",
    tie=("-pk",),
    filter_form=OrderFilter,
    export_name="交易单清单",
    empty="还没有交易单。",
)  # fmt: skip
OWN = Listing(
    **{
        **{name: getattr(LISTING, name) for name in LISTING.__slots__},
        "next_step": ("登记第一张交易单", "/orders/new/"),
    }
)


@require_safe
@permission_required(permissions.VIEW)
def order_list(request: HttpRequest) -> HttpResponseBase:
    """The orders in which the user takes part, or that the user oversees: filter, sort, export."""
    may_edit = allowed(request.user, permissions.EDIT)
    return render_listing(
        request,
        OWN if may_edit else LISTING,
        lambda wish: selectors.listed(actor=permissions.actor_of(request), **wish),
        template="orders/list.html",
        context={
            "may_edit": may_edit,
            "import_code": ORDERS.code if allowed(request.user, permissions.IMPORT) else "",
        },
        may_export=allowed(request.user, permissions.EXPORT),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """A stored finding as the page's list draws it."""

    rule: str
    severity: str
    message: str
    suggestion: str
    place: str
    href: str


@require_safe
@permission_required(permissions.VIEW)
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order: parties, lines, what the rules said, papers, history, and what the user may do with it."""
    page = selectors.order_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404("没有这张交易单，或您的单位没有参与；请回到交易单列表重新选择。")
    found = page.order
    part = bool(page.sides)
    edits = part and allowed(request.user, permissions.EDIT)
    confirms = part and allowed(request.user, permissions.CONFIRM) and found.state == REGISTERED
    unconfirmed = [side for side in page.sides if not getattr(found, f"{side}_confirmed_by")]
    context: dict[str, Any] = {
        "page": page,
        "order": found,
        "state": state_badge(found.state),
        "kind": OrderKind(found.kind).label,
        "facts": _facts(found),
        "totals": _totals(found),
        "parties": _parties(page),
        "stall": page.stall,
        "stall_url": parties.stall(str(page.stall.id))
        if page.stall and any(allowed(request.user, each) for each in permissions.STALLS)
        else None,
        "findings": [_said(each) for each in page.findings],
        "explained": [(_place(each), each) for each in page.findings if each.explanation],
        "may_confirm": confirms and bool(unconfirmed),
        "may_send_back": confirms,
        "may_cancel": edits and found.state != CANCELLED,
        "may_change": edits and found.state == DRAFT,
        "may_add": edits and found.state != CANCELLED,
        "may_follow": edits and found.state == CONFIRMED and found.kind != OrderKind.CORRECTION,
        "waits_for": _waits_for(found),
    }
    return render(request, "orders/order.html", context)


def _parties(page: selectors.OrderPage) -> list[tuple[str, str, str, datetime | None, str | None]]:
    """Label, name, filing number, who confirmed when and, where the asker may open it, the file of each party."""
    found = page.order
    signs = {"merchant": found.merchant_confirmed_at, "agent": found.agent_confirmed_at}
    labels = {"merchant": "市场经营户", "agent": "外贸代理", "buyer": "境外采购商", "consolidator": "组货人"}
    rows = []
    for role, label in labels.items():
        if role in page.parties:
            number, name = page.parties[role]
            at = signs.get(role)
            rows.append(
                (
                    label,
                    name,
                    number,
                    at,
                    parties.party(str(page.files[role])) if role in page.files else None,
                )
            )
    return rows


def _facts(found: Order) -> list[tuple[str, object]]:
    return [
        ("成交日期", found.ordered_on.isoformat()),
        ("运抵国（地区）", f"{name_of(found.country)}（{found.country}）"),
        ("免税申报", {"agent": "由代理申报", "self": "经营户自行申报"}[found.exemption_mode]),
        ("收汇", "由代理收汇" if found.collected_by_agent else "经营户自行收汇"),
        ("外部单号", found.reference),
        ("来源", {"web": "网页", "excel": "电子表格", "api": "接口"}.get(found.channel, found.channel)),
        ("修订次数", found.revision),
        ("备注", found.note),
    ]


def _totals(found: Order) -> list[tuple[str, object]]:
    return [
        (f"总价（{found.currency}）", grouped(found.amount)),
        ("折人民币（元）", grouped(found.amount_cny)),
        (f"海关汇率（{found.rate_month:%Y-%m}）", found.rate.normalize()),
        ("件数", grouped(found.packages)),
        ("净重（千克）", grouped(found.net_weight.normalize())),
        ("毛重（千克）", grouped(found.gross_weight.normalize())),
        ("体积（立方米）", grouped(found.volume.normalize())),
    ]


def _place(each: OrderFinding) -> str:
    return f"第 {each.line_no} 行" if each.line_no else "整张单"


def _said(each: OrderFinding) -> Said:
    href = f"#line-{each.line_no}" if each.line_no else ""
    return Said(each.rule, each.severity, each.message, each.suggestion, _place(each), href)


def _waits_for(found: Order) -> str:
    if found.state != REGISTERED:
        return ""
    sides = [
        label
        for label, by in (("经营户", found.merchant_confirmed_by), ("代理", found.agent_confirmed_by))
        if not by
    ]
    return "、".join(sides)
