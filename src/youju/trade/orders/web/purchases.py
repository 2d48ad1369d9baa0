"""A foreign buyer's purchases: the list, and one with its lines and how far it is; complete in Chinese and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.language import speaks_english
from youju.foundation.shell.listing import Column, Listing, show
from youju.rules.trade.orders.kinds import OrderKind
from youju.rules.trade.orders.lifecycle import CANCELLED, CONFIRMED, REGISTERED
from youju.trade.orders import permissions, selectors
from youju.trade.orders.selectors.purchases import Standing
from youju.trade.parties.countries import country_name

if TYPE_CHECKING:
    from youju.trade.orders.models import Order

STATES = {
    REGISTERED: later("等卖方和代理确认"),
    CONFIRMED: later("已确认"),
    CANCELLED: later("已作废"),
}
KINDS = {
    OrderKind.SALE: later("销售"),
    OrderKind.RETURN: later("退货"),
    OrderKind.CORRECTION: later("更正"),
}
PACKED = {
    "": later("还没有装箱"),
    "part": later("一部分已装箱"),
    "all": later("已全部装箱"),
}
DECLARED = {
    "": later("还没有报关"),
    "preparing": later("正在准备报关"),
    "customs": later("海关正在办理"),
    "inspection": later("海关查验中"),
    "released": later("海关已放行"),
    "exported": later("已出口"),
}
_TONES = {REGISTERED: "hint", CONFIRMED: "approved", CANCELLED: "plain"}


class PurchaseFilter(forms.Form):
    """What narrows a buyer's list."""

    text = forms.CharField(
        label=later("查找"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": later("交易单号")}),
    )
    state = forms.ChoiceField(
        label=later("状态"), required=False, choices=[("", later("全部")), *STATES.items()]
    )


@speaks_english
@require_safe
@permission_required(permissions.PURCHASES)
def purchase_list(request: HttpRequest) -> HttpResponse:
    """The buyer's orders with what has become of them."""
    actor = permissions.actor_of(request)
    known: dict[int, Standing] = {}
    listing = _listing(known)
    shown = show(
        request,
        listing,
        lambda wish: selectors.purchases(
            actor=actor, text=wish.get("text") or "", state=wish.get("state") or ""
        ),
        may_export=False,
    )
    known |= selectors.standings(shown.window.rows)
    part = request.headers.get("HX-Request") and request.headers.get("HX-Target") == listing.region
    template = "shell/listing/region.html" if part else "orders/purchases.html"
    return render(request, template, {"listing": shown, "title": listing.title})


@speaks_english
@require_safe
@permission_required(permissions.PURCHASES)
def purchase(request: HttpRequest, number: str) -> HttpResponse:
    """One of the buyer's orders."""
    page = selectors.purchase_page(actor=permissions.actor_of(request), number=number)
    if page is None:
        raise Http404(_("没有这张交易单，或者它不是您的。"))
    order, standing = page.order, page.standing
    packed, declared = standing.progress.get("packing"), standing.progress.get("declarations")
    facts = [
        (_("卖方"), _name(standing.seller)),
        (_("外贸代理"), _name(standing.agent)),
        (_("成交日期"), order.ordered_on.isoformat()),
        (_("运抵国（地区）"), country_name(order.country, get_language() or "")),
        (_("提运单号"), ", ".join(packed.papers) if packed else ""),
        (_("箱号"), ", ".join(packed.containers) if packed else ""),
        (_("装箱日期"), ", ".join(day.isoformat() for day in packed.days) if packed else ""),
        (_("放行日期"), ", ".join(day.isoformat() for day in declared.days) if declared else ""),
    ]
    context = {
        "page": page,
        "order": order,
        "state": _badge(order),
        "kind": KINDS[OrderKind(order.kind)],
        "sale": order.kind == OrderKind.SALE.value and order.state != CANCELLED,
        "place": _place(order, standing),
        "packed": PACKED[packed.stage if packed else ""],
        "declared": DECLARED[declared.stage if declared else ""],
        "facts": [(label, value) for label, value in facts if value],
        "lines": [
            (line, _name((line.name, line.name_en)), _(line.unit) if line.unit else "") for line in page.lines
        ],
        "later": [(row, KINDS[OrderKind(row.kind)], _badge(row)) for row in page.later],
    }
    return render(request, "orders/purchase.html", context)


def _listing(known: dict[int, Standing]) -> Listing:
    """The list in the language of the page; the standings are there before a cell is drawn."""

    def told(row: Order, name: str, words: dict[str, Any]) -> str:
        if row.kind != OrderKind.SALE.value or row.state == CANCELLED:
            return ""
        progress = known[row.pk].progress.get(name)
        return str(words[progress.stage if progress else ""])

    return Listing(
        name="purchases",
        title=_("我的采购"),
        columns=(
            Column("number", _("交易单号"), sort="number", narrow="title",
                   href=lambda row: reverse("orders:purchase", args=[row.number])),
            Column("state", _("状态"), sort="state", draw=_badge),
            Column("kind", _("种类"), value=lambda row: str(KINDS[OrderKind(row.kind)]), narrow="hide"),
            Column("ordered_on", _("成交日期"), sort="ordered_on"),
            Column("seller", _("卖方"), value=lambda row: _name(known[row.pk].seller)),
            Column("amount", _("总价"), value=lambda row: f"{row.currency} {row.amount:,.2f}", sort="amount", numeric=True),
            Column("packed", _("装箱"), value=lambda row: told(row, "packing", PACKED)),
            Column("declared", _("报关"), value=lambda row: told(row, "declarations", DECLARED)),
        ),
        order="-ordered_on",
        tie=("-pk",),
        filter_form=PurchaseFilter,
        empty=_("还没有记在您名下的交易。卖方登记以后，会显示在这里。"),
    )  # fmt: skip


def _badge(row: Order) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', _TONES[row.state], STATES[row.state])


def _name(pair: tuple[str, str]) -> str:
    chinese, english = pair
    return english if english and (get_language() or "").startswith("en") else chinese


def _place(order: Order, standing: Standing) -> int:
    """Which of the four steps (confirm, pack, declare, leave) is the next one; 5 where all is done."""
    packed, declared = standing.progress.get("packing"), standing.progress.get("declarations")
    if order.state == REGISTERED:
        return 1
    if packed is None or packed.stage != "all":
        return 2
    if declared is None or declared.stage not in ("released", "exported"):
        return 3
    return 4 if declared.stage == "released" else 5
