"""One month: its people, what the rules say, closed and opened again."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told
from youju.office.staff import permissions, selectors, services
from youju.office.staff.web.lists import pay_badge
from youju.office.staff.web.overview import TONES
from youju.rules.office.staff.lifecycle import MONTH_KIND, STATES
from youju.rules.office.staff.months import named


@require_safe
@permission_required(permissions.VIEW)
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One month."""
    page = selectors.month_page(permissions.actor_of(request), _first(year, number))
    names = sections()
    context = {
        "page": page,
        "row": page.sheet,
        "name": named(page.month),
        "kind": MONTH_KIND,
        "tone": TONES.get(page.sheet.state, "plain"),
        "rows": [(each, names.get(each.section, each.section), pay_badge(each)) for each in page.lines],
    }
    return render(request, "staff/month.html", context)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Close it, or open it again."""

    def deed() -> str:
        row = services.take_month_step(
            actor=permissions.actor_of(request),
            month=_first(year, number),
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        return f"已办理，{named(row.month)} 的月表现在的状态是“{STATES[row.state]}”。"

    return told(request, reverse("staff:month", args=[year, number]), deed)


def _first(year: int, number: int) -> date:
    if not (2000 <= year <= 2100 and 1 <= number <= 12):
        raise Http404("没有这个月份")
    return date(year, number, 1)
