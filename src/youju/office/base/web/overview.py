"""The base at a glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.documents.pictures import Chart
from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.web.guards import permission_required
from youju.office.base import permissions, selectors
from youju.office.base.charts import NARROW, WIDE, by_state, by_year

_FEW = 6


@require_safe
@permission_required(permissions.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """How many of each, by year and by state."""
    page = selectors.overview(permissions.actor_of(request))
    years = [(each.year, each.applied, each.granted, each.brands) for each in page.years]
    states = [(label, count) for _, label, count in page.platforms]
    there = any(sum(counts) for _, *counts in years)
    context = {
        "page": page,
        "years": picture(by_year, years, "各年专利和品牌") if there else "",
        "years_head": ("年份", "专利申请（件）", "专利授权（件）", "新增品牌（个）"),
        "years_rows": [(f"{year} 年", *counts) for year, *counts in years],
        "states": picture(by_state, states, "各状态的平台项目") if sum(count for _, count in states) else "",
        "states_head": ("状态", "平台项目（个）"),
        "states_rows": states,
    }
    return render(request, "base/overview.html", context)


def picture(draw: Callable[..., Chart], rows: Sequence[Any], title: str) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    # More years than these have no room for their names on a telephone.
    return in_two_widths(draw(rows, title=title, width=WIDE), draw(rows[-_FEW:], title=title, width=NARROW))
