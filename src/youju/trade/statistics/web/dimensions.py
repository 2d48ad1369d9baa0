"""One dimension: every group in a table, the largest as a picture, quantities by unit, all of it as files."""

from __future__ import annotations

from dataclasses import replace

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from youju.analytics.cuts import Dimension
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing
from youju.foundation.shell.listing.showing import show
from youju.trade.statistics import charts, permissions, selectors, services
from youju.trade.statistics.documents.exports import KINDS, Exported
from youju.trade.statistics.selectors import Labelled
from youju.trade.statistics.web import figures, pictures
from youju.trade.statistics.web.forms import FilterForm
from youju.trade.statistics.web.tabs import tabs_for
from youju.trade.statistics.web.wishes import Wish, chips, quick_periods, wish_of

PICTURED, UNITS_SHOWN = 15, 200
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def listing_of(wish: Wish, dimension: Dimension) -> Listing:
    """The table of a dimension's groups; sorted by any column."""
    name = dimension.value

    def rows(row: Labelled) -> str:
        return wish.rows(**{name: row.key})

    return Listing(
        name="groups",
        title=f"按{selectors.TITLES[dimension]}",
        columns=(
            Column("rank", "名次", lambda row: row.group.rank, sort="r", numeric=True, narrow="hide"),
            Column("label", selectors.TITLES[dimension], "label", sort="l", narrow="title", href=rows),
            Column("value", "出口额（万元）", lambda row: row.sums.value, sort="v", numeric=True, href=rows,
                   draw=lambda row: figures.safe(figures.wan(row.sums.value))),
            Column("share", "占比", lambda row: row.group.share, sort="s", numeric=True,
                   draw=lambda row: figures.safe(figures.rate(row.group.share))),
            Column("on_year", "同比", lambda row: row.sums.on_year, sort="y", numeric=True,
                   draw=lambda row: figures.change(row.sums.on_year)),
            Column("on_before", "环比", lambda row: row.sums.on_before, sort="b", numeric=True,
                   draw=lambda row: figures.change(row.sums.on_before)),
            Column("net_weight", "净重（吨）", lambda row: row.sums.net_weight, sort="n", numeric=True,
                   draw=lambda row: figures.safe(figures.tons(row.sums.net_weight))),
            Column("price", "均价（元/千克）", lambda row: row.sums.price, sort="p", numeric=True,
                   draw=lambda row: figures.safe(figures.price(row.sums.price))),
            Column("declarations", "报关单（票）", lambda row: row.sums.declarations, sort="d", numeric=True),
            Column("lines", "货物行", lambda row: row.sums.lines, sort="g", numeric=True, narrow="hide"),
        ),
        order="rank",
        empty="这段时间没有放行的货物。",
    )  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def dimension(request: HttpRequest, name: str) -> HttpResponse:
    """Every group of a dimension."""
    chosen = _dimension(name)
    wish = wish_of(request)
    page = selectors.dimension_page(
        actor=permissions.actor_of(request), asked=wish.asked, dimension=chosen, units=True
    )
    shown = show(request, listing_of(wish, chosen), page.ranking.rows)
    # The question rides along in every link of the table; files are offered above it, all three of them.
    shown = replace(shown, query={**wish.query, **shown.query}, may_export=False)
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == shown.listing.region:
        return render(request, "shell/listing/region.html", {"listing": shown})
    compared = page.ranking.compared
    return render(
        request,
        "statistics/dimension.html",
        {
            "wish": wish,
            "overview_url": wish.address("overview"),
            "pictured": min(PICTURED, len(page.ranking.rows)),
            "page": page,
            "name": name,
            "label": selectors.TITLES[chosen],
            "form": FilterForm(wish),
            "tabs": tabs_for(request),
            "chips": chips(wish, page.filters, selectors.TITLES),
            "quick": quick_periods(wish),
            "clear": wish.query_with(**{each: None for each in wish.query if each != "period"}),
            "others": [
                (selectors.TITLES[each], wish.address("dimension", each.value), each is chosen)
                for each in selectors.GROUPABLE
            ],
            "listing": shown,
            "picture": pictures.both(
                lambda width: charts.ranked(
                    pictures.bars(page.ranking.rows[:PICTURED], name, wish),
                    title=f"按{selectors.TITLES[chosen]}的出口额（万元）",
                    width=width,
                )
            )
            if compared.groups
            else "",
            "cr5": figures.rate(compared.cr5),
            "hhi": figures.price(compared.hhi),
            "new": [row.label for row in page.ranking.rows if compared.has_year and row.group.is_new],
            "gone": page.gone,
            "units": [
                (
                    label,
                    wish.rows(**{name: each.key}),
                    each.unit,
                    f"{each.quantity.normalize():,f}",
                    figures.wan(each.value),
                    figures.price(each.price),
                )
                for label, each in page.quantities[:UNITS_SHOWN]
            ],
            "whole": figures.wan(page.whole.value),
            "exports": exports(wish, "export-dimension", name) if allowed(request.user, permissions.EXPORT) else [],
        },
    )  # fmt: skip


@require_safe
@permission_required(permissions.EXPORT)
def export(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """Every group of a dimension as a file."""
    wish = wish_of(request)
    return answer(
        services.export_dimension(
            actor=permissions.actor_of(request), asked=wish.asked, dimension=_dimension(name), kind=kind
        ),
        kind,
    )


def exports(wish: Wish, name: str, *arguments: str) -> list[tuple[str, str]]:
    """The files on offer: kind, address."""
    return [(kind, wish.address(name, *arguments, kind)) for kind in KINDS]


def answer(made: Exported, kind: str) -> FileResponse:
    """A file with its name and, as a header, its count of rows."""
    response = FileResponse(made.file, content_type=_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=made.name) or ""
    response["X-Row-Count"] = str(made.rows)
    response["Cache-Control"] = "no-store"
    return response


def _dimension(name: str) -> Dimension:
    found = next((each for each in selectors.GROUPABLE if each.value == name), None)
    if found is None:
        raise Http404("没有这个分组。")
    return found
