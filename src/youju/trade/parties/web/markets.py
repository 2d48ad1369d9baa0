"""Markets, the map of a floor, its table."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.parties import addresses, permissions, selectors, services
from youju.trade.parties.imports.stalls import CODE
from youju.trade.parties.web.changes import FILES
from youju.trade.parties.web.market_forms import MarketForm, StallFilter
from youju.trade.parties.web.stall_map import legend, pictures

MARKETS = Listing(
    name="markets",
    title="市场",
    columns=(
        Column("name", "市场", sort="name", narrow="title", href=lambda row: addresses.market(str(row.pk))),
        Column("code", "代码", sort="code"),
        Column("stall_count", "摊位", sort="stall_count", numeric=True),
        Column("held_count", "已租", sort="held_count", numeric=True),
        Column("free", "空置", value=lambda row: row.stall_count - row.held_count, numeric=True),
    ),
    order="code",
    export_name="市场",
    empty="还没有登记市场。先登记市场，再导入或逐个登记摊位。",
)


def stall_listing(market_id: int) -> Listing:
    """The table behind the map of a market."""
    return Listing(
        name="stalls",
        title="摊位",
        columns=(
            Column("number", "摊位号", sort="number", narrow="title", href=lambda row: addresses.stall(str(row.id))),
            Column("floor", "楼层", sort="floor", numeric=True),
            Column("row", "排", sort="row", numeric=True),
            Column("position", "位", sort="position", numeric=True),
            Column("state", "状态", value="state_label", sort="state"),
            Column("holder", "承租人", sort="holder",
                   href=lambda row: addresses.party(str(row.party)) if row.party else None),
            Column("since", "起租日期", sort="since"),
        ),
        filter_form=StallFilter,
        export_name="摊位清单",
        empty="这个市场还没有摊位。",
        next_step=("看摊位图", reverse("parties:market", args=[market_id])),
    )  # fmt: skip


@require_safe
@any_permission_required(*FILES)
def market_list(request: HttpRequest) -> HttpResponseBase:
    """Every market with its stalls."""
    keeps = allowed(request.user, permissions.REVIEW)
    context = {"keeps": keeps, "may_import": allowed(request.user, permissions.IMPORT), "import_code": CODE}
    return render_listing(
        request,
        MARKETS,
        selectors.market_rows(),
        template="parties/markets.html",
        context=context,
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_safe
@any_permission_required(*FILES)
def market(request: HttpRequest, number: int) -> HttpResponse:
    """The map of a floor."""
    wish = request.GET.get("floor", "")
    floor = int(wish) if wish.lstrip("-").isascii() and wish.lstrip("-").isdigit() and len(wish) < 4 else None
    found = selectors.floor_map(number, floor)
    context: dict[str, Any] = {
        "found": found,
        "picture": pictures(found) if found.cells else "",
        "legend": legend(found),
        "keeps": allowed(request.user, permissions.REVIEW),
        "may_import": allowed(request.user, permissions.IMPORT),
        "import_code": CODE,
    }
    return render(request, "parties/market.html", context)


@require_safe
@any_permission_required(*FILES)
def stall_list(request: HttpRequest, number: int) -> HttpResponseBase:
    """The stalls of a market as a table."""
    return render_listing(
        request,
        stall_listing(number),
        lambda wish: selectors.stall_cells(
            number, floor=wish.get("floor"), state=wish.get("state") or "", text=wish.get("q") or ""
        ),
        template="parties/stalls.html",
        context={"market": selectors.market_of(number)},
        may_export=allowed(request.user, permissions.EXPORT),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REVIEW)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a market."""
    return _form(request, MarketForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.REVIEW)
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a market's code or name."""
    found = selectors.market_of(number)
    form = MarketForm(request.POST or None, initial={"code": found.code, "name": found.name})
    return _form(request, form, number)


def _form(request: HttpRequest, form: MarketForm, number: int | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_market(
                actor=permissions.actor_of(request), market_id=number, **form.cleaned_data
            )
        except InputError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已保存：{made.name}。")
            return HttpResponseRedirect(reverse("parties:market", args=[made.pk]))
    status = 422 if form.errors else 200
    return render(request, "parties/market_form.html", {"form": form, "number": number}, status=status)
