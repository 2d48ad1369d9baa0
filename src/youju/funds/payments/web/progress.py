"""The board of progress: the picture, the colours, each project against plan and time."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.funds.payments import permissions, selectors
from youju.funds.payments.charts import NARROW, WIDE, Point, spending
from youju.funds.payments.selectors.progress import Board, Line, MonthPoint
from youju.funds.payments.web.tabs import tabs_for
from youju.funds.projects.selectors import years
from youju.rules.funds.payments.colours import COLOURS, MEANINGS
from youju.rules.funds.payments.forecasting import METHOD

_WAN, _CENT = Decimal(10_000), Decimal("0.01")
HEADERS = ("项目编码", "项目", "调整后预算（元）", "已付（元）", "在途（元）", "计划（元）", "执行率（%）", "应达到（%）",
           "序时（%）", "差距（百分点）", "预计全年（元）", "预警")  # fmt: skip


class BoardForm(forms.Form):
    """The year and the day."""

    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)
    day = forms.DateField(
        label="截至", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        found = years() or [timezone.localdate().year]
        field.choices = [(year, f"{year} 年") for year in found]


@require_safe
@permission_required(permissions.PROGRESS)
def board(request: HttpRequest) -> HttpResponseBase:
    """The board; ``?format=csv`` gives its table."""
    actor = permissions.actor_of(request)
    form = BoardForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    year = asked.get("year") or next(iter(years()), today.year)
    # A year that is over is looked at from its end.
    day = asked.get("day") or min(today, date(year, 12, 31))
    found = selectors.board(actor=actor, year=year, day=day)
    if request.GET.get("format") == "csv" and allowed(actor, permissions.PROGRESS_EXPORT):
        return _csv(found)
    shown = BoardForm(initial={"year": year, "day": day})
    context = {
        "form": shown,
        "board": found,
        "total": _cells(found.total),
        "rows": [_cells(line) for line in found.lines],
        "tabs": tabs_for(request),
        "picture": picture(found.points, f"{year} 年支出"),
        "points_head": ("月份", "计划", "已付", "预测"),
        "points": [_point(point) for point in found.points],
        "method": METHOD,
        "counts": [(colour_badge(c), MEANINGS[c], sum(x.colour == c for x in found.lines)) for c in COLOURS],
        "may_export": allowed(actor, permissions.PROGRESS_EXPORT),
        "export_url": f"{reverse('payments:progress')}?year={year}&day={day.isoformat()}&format=csv",
    }
    return render(request, "payments/progress.html", context)


def picture(points: Any, title: str) -> SafeString:
    """Planned, paid and forecast in two widths; the narrow screen sees the second."""
    data = [Point(p.month, _wan(p.planned), _wan(p.paid), _wan(p.forecast)) for p in points]
    return in_two_widths(*(spending(data, title=title, width=width) for width in (WIDE, NARROW)))


def colour_badge(colour: str) -> SafeString:
    """A colour with its word: never by colour alone."""
    return format_html(
        '<span class="badge colour-{}" title="{}">{}</span>', colour, MEANINGS[colour], COLOURS[colour]
    )


def _cells(line: Line) -> dict[str, Any]:
    view = line.project
    return {
        "code": view.code if view else "合计",
        "name": view.name if view else "",
        "url": reverse("projects:project", args=[view.id]) if view else "",
        "budget": line.budget,
        "paid": line.paid,
        "reserved": line.reserved,
        "planned": "—" if line.planned is None else f"{line.planned:,.2f}",
        "executed": _rate(line.executed),
        "expected": _rate(line.expected),
        "time": _rate(line.by_time),
        "gap": "—" if line.gap is None else f"{line.gap:+.2f}",
        "forecast": line.forecast,
        "badge": colour_badge(line.colour),
    }


def _csv(found: Board) -> HttpResponse:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    for line in (*found.lines, found.total):
        view = line.project
        writer.writerow(
            [view.code if view else "合计", view.name if view else "", line.budget, line.paid, line.reserved,
             "" if line.planned is None else line.planned, "" if line.executed is None else line.executed, line.expected,
             line.by_time.quantize(_CENT, ROUND_HALF_UP), "" if line.gap is None else line.gap, line.forecast,
             COLOURS[line.colour]]
        )  # fmt: skip
    response = HttpResponse(b"\xef\xbb\xbf" + out.getvalue().encode(), content_type="text/csv; charset=utf-8")
    name = f"支出进度{found.year}年{found.day.isoformat()}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _point(point: MonthPoint) -> tuple[str, str, str, str]:
    def told(value: Decimal | None) -> str:
        return "—" if value is None else f"{value / _WAN:,.2f}"

    return f"{point.month}月", told(point.planned), told(point.paid), told(point.forecast)


def _rate(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:.2f}%"


def _wan(value: Decimal | None) -> float | None:
    return None if value is None else float((value / _WAN).quantize(_CENT, ROUND_HALF_UP))
