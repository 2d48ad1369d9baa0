"""The months of a year: pictures, the table of months, what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from youju.foundation.documents.pictures import Chart
from youju.foundation.documents.widths import in_two_widths
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.office.staff import addresses, permissions, selectors
from youju.office.staff.charts import NARROW, WIDE, Bar, head_count, wages
from youju.office.staff.selectors import MonthLine
from youju.rules.office.staff.lifecycle import CLOSED, IMPORTED
from youju.rules.office.staff.months import named

TONES = {CLOSED: "ink", IMPORTED: "hint"}


@require_safe
@permission_required(permissions.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """A year."""
    actor = permissions.actor_of(request)
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) == 4 else None
    page = selectors.overview(actor, year)
    bars = [_bar(each) for each in page.months]
    context = {
        "page": page,
        "rows": [(each, addresses.month(named(each.month)), _tone(each)) for each in page.months],
        "heads": picture(head_count, bars, f"{page.year} 年各月在岗人数"),
        "heads_head": ("月份", "在岗（人）", "约定岗位"),
        "heads_rows": [(f"{b.month}月", _blank(b.count), _blank(b.positions)) for b in bars],
        "wages": picture(wages, bars, f"{page.year} 年各月工资"),
        "wages_head": ("月份", "应发（元）", "实发（元）"),
        "wages_rows": [
            (f"{each.month.month}月", each.due, each.paid)
            if each.state
            else (f"{each.month.month}月", "—", "—")
            for each in page.months
        ],
        "may_import": allowed(actor, permissions.IMPORT),
    }
    return render(request, "staff/overview.html", context)


def picture(draw: Callable[..., Chart], bars: Sequence[Any], title: str) -> SafeString:
    """A picture in two widths; the narrow screen sees the second."""
    return in_two_widths(*(draw(bars, title=title, width=width) for width in (WIDE, NARROW)))


def _bar(each: MonthLine) -> Bar:
    there = bool(each.state)
    return Bar(
        each.month.month,
        each.count if there else None,
        each.positions,
        float(each.due) if there else None,
        float(each.paid) if there else None,
    )


def _tone(each: MonthLine) -> str:
    return TONES.get(each.state, "error" if each.state_label == "缺少" else "plain")


def _blank(value: int | None) -> object:
    return "—" if value is None else value
