"""Back-tests: asked for, followed, read; who gains as a list with its export."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.pictures import Chart, svg
from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.funds.subsidies import permissions, selectors, services
from youju.funds.subsidies.charts_backtest import NARROW, WIDE, histogram, lorenz, spending
from youju.funds.subsidies.web.policies_forms import BackTestForm
from youju.rules.funds.subsidies.saying import days
from youju.rules.funds.subsidies.texts import STACKING

_WAN = Decimal(10_000)
_PARTS: dict[str, Any] = {
    "title": "得到补贴的主体",
    "order": "rank",
    "export_name": "回测结果",
    "empty": "没有主体得到补贴。",
}


@require_POST
@permission_required(permissions.BACKTEST)
def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a back-test of a version."""
    form = BackTestForm(request.POST)
    back = HttpResponseRedirect(reverse("subsidies:policy", args=[number]))
    if not form.is_valid():
        messages.error(request, "年度没有填对：请写成 2023。")
        return back
    try:
        row = services.ask_backtest(
            actor=permissions.actor_of(request),
            policy_id=number,
            year=form.cleaned_data["year"],
            against_id=form.cleaned_data["against"],
        )
    except InputError as error:
        messages.error(request, str(error))
        return back
    return HttpResponseRedirect(reverse("subsidies:backtest", args=[row.pk]))


@require_safe
@permission_required(permissions.BACKTEST)
def backtest(request: HttpRequest, number: int) -> HttpResponse:
    """What a back-test found, or how far it is."""
    page = selectors.backtest_page(actor=permissions.actor_of(request), backtest_id=number)
    if page is None:
        raise Http404("没有这次回测。")
    result = page.result
    context: dict[str, Any] = {
        "page": page,
        "row": page.row,
        "result": result,
        "run": page.run,
        "days": days(page.text.window),
    }
    if request.headers.get("HX-Request"):
        answer = render(request, "subsidies/policies/_waiting.html", context)
        if result or (page.run is not None and page.run.ended):
            answer["HX-Refresh"] = "true"
        return answer
    if result:
        context |= _told(page, result)
    elif page.run is not None and page.run.ended:
        context["failed"] = page.run.error
    return render(request, "subsidies/policies/backtest.html", context)


def _told(page: selectors.BackTestPage, result: dict[str, Any]) -> dict[str, Any]:
    spread, names = result["spread"], page.names
    bins = [(f"{_wan(b[0])}–{_wan(b[1])}", b[2]) for b in spread["bins"]]
    curve = [(day, cost) for day, cost in result["curve"]]
    return {
        "spending": _both(lambda width: spending(curve, result["budget"], result["runs_out"], width=width)) if curve else "",
        "curve_heads": ["日期", "累计（元）"],
        "bin_heads": ["每户所得（元）", "户数", "合计（元）"],
        "lorenz_heads": ["户数累计", "金额累计"],
        "curve_rows": [(day, cost) for day, cost in _months(curve)],
        "histogram": _both(lambda width: histogram(bins, width=width)) if bins else "",
        "bin_rows": [(f"{b[0]} 至 {b[1]}", b[2], b[3]) for b in spread["bins"]],
        "lorenz": svg(lorenz(spread["lorenz"], spread["gini"], width=NARROW)) if spread["lorenz"] else "",
        "lorenz_rows": [(_percent(x), _percent(y)) for x, y in spread["lorenz"]],
        "top_share": _percent(spread["top_share"]),
        "rate": _percent(result["rate"]) if result["rate"] else "",
        "reduced": Decimal(result["asked"]) > Decimal(result["budget"]),
        "beside": [(each, STACKING.get(each["counts"], "")) for each in result["beside"]],
        "sensitivity": [
            (each, [(names.get(p["party"], "（看不到的主体）"), p["gain"]) for p in each["largest"]])
            for each in result["sensitivity"]
        ],
        "moving": [
            (names.get(each["party"], "（看不到的主体）"), each) for each in (result.get("against") or {}).get("moving", [])
        ],
    }  # fmt: skip


@require_safe
@permission_required(permissions.BACKTEST)
def gainers(request: HttpRequest, number: int) -> HttpResponseBase:
    """Who gains, with each clause's amount; the export is on the trail."""
    actor = permissions.actor_of(request)
    page = selectors.backtest_page(actor=actor, backtest_id=number)
    if page is None or not page.result:
        raise Http404("没有这次回测，或它还没有完成。")
    clauses = [
        Column(f"c{place}", f"{clause['title']}（元）", value=_line(place), sort=f"c{place}", numeric=True, narrow="hide")
        for place, clause in enumerate(page.result["clauses"])
    ]  # fmt: skip
    listing = Listing(
        name="gainers",
        columns=(
            Column("rank", "名次", sort="rank", numeric=True, narrow="hide"),
            Column("name", "主体", sort="name", narrow="title", href=lambda row: reverse("parties:party", args=[row.party])),
            Column("number", "备案号", sort="number", narrow="hide"),
            Column("usd", "计算的出口（美元）", sort="usd", numeric=True),
            *clauses,
            Column("asked", "应补（元）", sort="asked", numeric=True),
            Column("granted", "预算内（元）", sort="granted", numeric=True),
        ),
        **_PARTS,
    )  # fmt: skip
    return render_listing(
        request,
        listing,
        selectors.gainers(actor=actor, backtest_id=number),
        template="subsidies/policies/gainers.html",
        context={"page": page, "row": page.row},
    )


def _line(place: int) -> Callable[[Any], Decimal]:
    return lambda row: row.lines[place]


def _both(draw: Callable[[int], Chart]) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    return in_two_widths(*(draw(width) for width in (WIDE, NARROW)))


def _months(curve: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last day of each month, for the table behind the picture."""
    return list({day[:7]: (day, cost) for day, cost in curve}.values())


def _wan(amount: str) -> str:
    return f"{(Decimal(amount) / _WAN).normalize():f}"


def _percent(share: str) -> str:
    return f"{Decimal(share) * 100:.2f}%"
