"""The rows behind a figure: goods of released declarations, each with its declaration, order and merchant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing
from youju.foundation.shell.listing.showing import Shown, show
from youju.trade.declarations import addresses as declarations
from youju.trade.orders import addresses as orders
from youju.trade.parties import countries
from youju.trade.statistics import permissions, selectors, services
from youju.trade.statistics.web.dimensions import answer, exports
from youju.trade.statistics.web.forms import FilterForm
from youju.trade.statistics.web.tabs import tabs_for
from youju.trade.statistics.web.wishes import Wish, chips, quick_periods, wish_of

ORDERS = {"": "放行日期近的在前", "value": "金额大的在前"}


@require_safe
@permission_required(permissions.VIEW)
def lines(request: HttpRequest) -> HttpResponse:
    """The rows, a page at a time."""
    wish = wish_of(request)
    largest = request.GET.get("first", "") == "value"
    rows = selectors.rows_behind(actor=permissions.actor_of(request), asked=wish.asked, largest_first=largest)
    shown = _shown(request, wish, rows, largest=largest)
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == shown.listing.region:
        return render(request, "shell/listing/region.html", {"listing": shown})
    filters = selectors.filters_in_words(wish.asked)
    return render(
        request,
        "statistics/lines.html",
        {
            "wish": wish,
            "overview_url": wish.address("overview"),
            "listing": shown,
            "ground": rows.ground,
            "form": FilterForm(wish),
            "tabs": tabs_for(request),
            "chips": chips(wish, filters, selectors.TITLES),
            "quick": quick_periods(wish),
            "clear": wish.query_with(**{name: None for name in wish.query if name != "period"}),
            "orders": [
                (label, wish.rows(first=value or None), value == ("value" if largest else ""))
                for value, label in ORDERS.items()
            ],
            "exports": exports(wish, "export-lines") if allowed(request.user, permissions.EXPORT) else [],
        },
    )


@require_safe
@permission_required(permissions.EXPORT)
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every row as a file."""
    wish = wish_of(request)
    made = services.export_lines(actor=permissions.actor_of(request), asked=wish.asked, kind=kind)
    return answer(made, kind)


def _shown(request: HttpRequest, wish: Wish, rows: Any, *, largest: bool) -> Shown:
    names: dict[int, str] = {}

    def party(row: Mapping[str, Any]) -> str:
        return names.get(row["merchant_id"], "")

    def party_page(row: Mapping[str, Any]) -> str | None:
        return wish.rows(merchant=str(row["merchant_id"]))

    sees_orders, sees_declarations = (
        allowed(request.user, each) for each in (Permission.ORDERS_VIEW, Permission.DECLARATIONS_VIEW)
    )
    listing = Listing(
        name="lines",
        title="放行货物",
        columns=(
            Column("declaration", "报关单", narrow="title",
                   href=lambda row: declarations.declaration(row["declaration"]) if sees_declarations else None),
            Column("released_on", "放行日期"),
            Column("name", "品名"),
            Column("hs_code", "商品编码", narrow="hide"),
            Column("country", "运抵国（地区）", lambda row: countries.name_of(row["country"]) or row["country"]),
            Column("quantity", "数量", lambda row: f"{_short(row['quantity'])} {row['unit']}"),
            Column("net_weight", "净重（千克）", lambda row: _short(row["net_weight"]), numeric=True, narrow="hide"),
            Column("value_cny", "人民币值（元）", numeric=True),
            Column("order", "交易单", "order_number",
                   href=lambda row: orders.order(row["order_number"]) if sees_orders else None),
            Column("merchant", "市场经营户", party, href=party_page),
        ),
        empty="没有符合条件的放行货物。",
    )  # fmt: skip
    found = show(request, listing, rows, may_export=False)
    names.update(selectors.party_labels(found.window.rows))
    riding = {**wish.query, "first": "value" if largest else ""}
    window = found.window
    found = replace(found, query={**riding, **found.query})
    # The page was read already, for the names.
    vars(found)["window"] = window
    return found


def _short(value: Decimal) -> str:
    return f"{value.normalize():f}"
