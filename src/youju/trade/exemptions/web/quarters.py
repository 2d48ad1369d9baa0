"""The quarterly table of actual consignors: which agents have one, one of them, its workbook."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told
from youju.trade.exemptions import permissions, selectors, services

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@permission_required(permissions.VIEW)
def quarters(request: HttpRequest) -> HttpResponse:
    """The agents of a quarter; the one that ended last, unless said."""
    actor = permissions.actor_of(request)
    found = selectors.quarter_overview(actor, request.GET.get("quarter", "") or selectors.last_quarter())
    return render(request, "exemptions/quarters.html", {"found": found})


@require_safe
@permission_required(permissions.VIEW)
def quarter(request: HttpRequest, quarter: str, agent: int) -> HttpResponse:
    """One agent's table."""
    actor = permissions.actor_of(request)
    table = selectors.quarter_table(actor, agent_id=agent, quarter=quarter)
    context = {
        "table": table,
        "may_report": table.applies and bool(table.rows) and selectors.is_own(actor, agent),
        "may_export": table.applies and allowed(actor, permissions.EXPORT),
    }
    return render(request, "exemptions/quarter.html", context)


@require_POST
@permission_required(permissions.FILE)
def report(request: HttpRequest, quarter: str, agent: int) -> HttpResponse:
    """Submit the table."""

    def deed() -> str:
        row = services.report_quarter(
            actor=permissions.actor_of(request),
            agent_id=agent,
            quarter=quarter,
            sha256=request.POST.get("sha256", ""),
        )
        return (
            f"已报送 {row.quarter} 第 {row.version} 版：{row.consignors} 个委托方，{row.amount_cny:,.2f} 元。"
        )

    return told(request, reverse("exemptions:quarter", args=[quarter, agent]), deed)


@require_safe
@permission_required(permissions.EXPORT)
def workbook(request: HttpRequest, quarter: str, agent: int) -> HttpResponse:
    """The table as xlsx."""
    name, content = services.hand_out_quarter(
        actor=permissions.actor_of(request), agent_id=agent, quarter=quarter
    )
    answer = HttpResponse(content, content_type=_XLSX)
    answer["Content-Disposition"] = f"attachment; filename=\"quarter.xlsx\"; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer
