"""Depreciation by month, control totals with pictures, reconciliation with the payments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told, valid
from youju.funds.assets import charts, permissions, selectors, services
from youju.funds.assets.web.forms import MonthForm
from youju.funds.assets.web.tabs import tabs_for

_WAN = Decimal(10_000)
TOTAL_HEAD = ("类别", "门类", "件数", "原值（元）", "累计折旧（元）", "净值（元）")
PROJECT_HEAD = (
    "项目编码",
    "项目",
    "付款笔数",
    "已付（元）",
    "已登记资产（元）",
    "费用化（元）",
    "未登记（元）",
)


@require_safe
@permission_required(permissions.VIEW)
def depreciation(request: HttpRequest) -> HttpResponse:
    """The months that were charged, and one of them by category; ``?month=2023-06``."""
    actor = permissions.actor_of(request)
    runs = list(selectors.runs(actor)[:120])
    form = MonthForm(request.GET)
    asked = date.fromisoformat(f"{form.cleaned_data['month']}-01") if form.is_valid() else None
    month = asked or (runs[0].month if runs else None)
    if request.GET.get("format") == "csv" and month and allowed(actor, permissions.EXPORT):
        rows = [
            (each.name, each.group, each.count, each.cost, each.depreciated)
            for each in selectors.months_charged(actor, month)
        ]
        return _csv(f"折旧{month:%Y-%m}.csv", ("类别", "门类", "件数", "原值（元）", "本月折旧（元）"), rows)
    context = {
        "tabs": tabs_for(request),
        "runs": runs,
        "month": month,
        "rows": selectors.months_charged(actor, month) if month else (),
        "form": MonthForm(initial={"month": f"{selectors.last_month():%Y-%m}"}),
        "may_edit": allowed(actor, permissions.EDIT),
        "may_export": allowed(actor, permissions.EXPORT),
    }
    return render(request, "assets/depreciation.html", context)


@require_POST
@permission_required(permissions.EDIT)
def depreciate(request: HttpRequest) -> HttpResponse:
    """Charge up to a month that is over."""

    def deed() -> str:
        given: dict[str, Any] = valid(MonthForm(request.POST))
        run = services.ask_depreciation(
            actor=permissions.actor_of(request), month=date.fromisoformat(f"{given['month']}-01")
        )
        return f"{run.month:%Y-%m} 共计提 {run.count} 笔，{run.total} 元。重复计提不会多提。"

    return told(request, reverse("assets:depreciation"), deed)


@require_safe
@permission_required(permissions.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """Control totals by category, net value and age as pictures."""
    actor = permissions.actor_of(request)
    found = selectors.overview(actor)
    cells = [
        (each.name, each.group, each.count, each.cost, each.depreciated, each.net)
        for each in (*found.rows, found.total)
    ]
    if request.GET.get("format") == "csv" and allowed(actor, permissions.EXPORT):
        return _csv(f"资产控制总数{timezone.localdate()}.csv", TOTAL_HEAD, cells)
    bars = [charts.Bar(each.name, _wan(each.depreciated), _wan(each.net)) for each in found.rows]
    ages = [charts.Age(label, count, _wan(cost)) for label, count, cost in found.ages]
    context = {
        "tabs": tabs_for(request),
        "found": found,
        "net_picture": _both(charts.net_by_category, bars) if bars else "",
        "net_rows": [(each.name, each.cost, each.depreciated, each.net) for each in found.rows],
        "net_head": ("类别", "原值（元）", "累计折旧（元）", "净值（元）"),
        "age_picture": _both(charts.by_age, ages) if bars else "",
        "age_rows": found.ages,
        "age_head": ("使用年数", "件数", "原值（元）"),
        "may_export": allowed(actor, permissions.EXPORT),
    }
    return render(request, "assets/overview.html", context)


@require_safe
@permission_required(permissions.VIEW)
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Paid capital amounts of a year by project against the cards."""
    actor = permissions.actor_of(request)
    years = selectors.years_paid(actor) or [timezone.localdate().year]
    given = request.GET.get("year", "")
    year = int(given) if given.isascii() and given.isdigit() and int(given[:4]) in years else years[0]
    lines, total = selectors.reconciliation(actor, year)
    if request.GET.get("format") == "csv" and allowed(actor, permissions.EXPORT):
        cells = [
            (each.project, each.name, each.payments, each.paid, each.registered, each.expensed, each.open)
            for each in (*lines, total)
        ]
        return _csv(f"资产和付款对账{year}.csv", PROJECT_HEAD, cells)
    context = {
        "tabs": tabs_for(request),
        "years": years,
        "year": year,
        "lines": lines,
        "total": total,
        "payments": selectors.paid_payments(actor, year=year).order_by("-rest", "paid_on")[:100],
        "may_export": allowed(actor, permissions.EXPORT),
    }
    return render(request, "assets/reconciliation.html", context)


def _both(draw: Any, data: Sequence[Any]) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    return in_two_widths(*(draw(data, width=width) for width in (charts.WIDE, charts.NARROW)))


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows(rows)
    response = HttpResponse(b"\xef\xbb\xbf" + out.getvalue().encode(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _wan(value: Decimal) -> float:
    return float(round(value / _WAN, 2))
