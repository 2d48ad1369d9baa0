"""The big screen (大屏): one picture for the hall, 1920 × 1080, that fetches itself anew."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from youju.foundation.documents.pictures import Chart, svg
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.policies import law_on
from youju.foundation.shell.keeping import kept
from youju.rules.law import whole
from youju.trade.statistics import charts, permissions, selectors
from youju.trade.statistics.selectors import Ranking
from youju.trade.statistics.web import figures, pictures

_YI = Decimal(100_000_000)
_PLACES = Decimal("0.01")


@require_safe
@permission_required(permissions.OVERSEE)
@kept()
def screen(request: HttpRequest) -> HttpResponse:
    """The whole screen."""
    found = selectors.screen(actor=permissions.actor_of(request))
    points = pictures.points(found.months)
    return render(
        request,
        "statistics/screen.html",
        {
            "found": found,
            "seconds": whole(law_on(timezone.localdate()), "trade.statistics.screen_seconds"),
            "year_value": f"{(found.year.value / _YI).quantize(_PLACES):,f}",
            "year_change": figures.change(found.year.on_year),
            "month_value": figures.wan(found.latest.value),
            "month_change": figures.change(found.latest.on_year),
            "tons": figures.tons(found.year.net_weight).partition(".")[0],
            "declarations": f"{found.year.declarations:,}",
            "markets_count": len(found.markets.compared.groups),
            "months": _drawn(
                charts.months(points, title="各月出口额", width=1180, height=215, look=charts.HALL)
            ),
            "has_before": bool(found.year.year_value),
            "markets": _bars(found.markets),
            "categories": _bars(found.categories),
            "regions": _rows(found.regions),
            "ways": _rows(found.ways),
        },
    )


def _bars(ranking: Ranking) -> SafeString:
    bars = pictures.bars(ranking.rows, ranking.dimension.value)
    return _drawn(charts.ranked(bars, title="出口额", width=940, step=37, look=charts.HALL))


def _rows(ranking: Ranking) -> list[tuple[str, str, SafeString]]:
    most = ranking.compared.groups[0].share if ranking.compared.groups else None
    return [
        (row.label, figures.rate(row.group.share), figures.meter(row.group.share, most or Decimal(0)))
        for row in ranking.rows
    ]


def _drawn(chart: Chart) -> SafeString:
    return mark_safe(svg(chart))  # noqa: S308 - our own drawing
