"""The department's year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.deeds import told
from youju.performance.evaluation import permissions, selectors, services
from youju.performance.evaluation.web.listings import grade_badge
from youju.performance.evaluation.web.lists import year_of
from youju.rules.performance.evaluation.lifecycle import DEPARTMENT_KIND, DEPARTMENT_STATES


@require_safe
@permission_required(permissions.VIEW)
def department(request: HttpRequest) -> HttpResponse:
    """Its points line by line."""
    actor = permissions.actor_of(request)
    year = year_of(request) or selectors.overview(actor).year or timezone.localdate().year
    page = selectors.department_page(actor, year)
    context = {
        "page": page,
        "kind": DEPARTMENT_KIND,
        "lines": [(line, page.keys.get(line.project_code)) for line in page.lines],
        "grade": grade_badge(page.row.grade) if page.row else "",
        "state_label": DEPARTMENT_STATES[page.row.state] if page.row else "",
    }
    return render(request, "evaluation/department.html", context)


@require_POST
@permission_required(permissions.SCORE)
def make(request: HttpRequest) -> HttpResponse:
    """Compute it anew."""
    year = year_of(request) or 0

    def deed() -> str:
        done = request.POST.get("done")
        row = services.make_department(actor=permissions.actor_of(request), fiscal_year=year, done=done)
        return f"已计算：{row.total} 分，{row.grade}。"

    return told(request, _back(year), deed)


@require_POST
@permission_required(permissions.VIEW)
def step(request: HttpRequest) -> HttpResponse:
    """Confirm it."""
    year = year_of(request) or 0

    def deed() -> str:
        services.confirm_department(
            actor=permissions.actor_of(request), fiscal_year=year, expected=request.POST.get("state", "")
        )
        return "已确认。"

    return told(request, _back(year), deed)


@require_POST
@permission_required(permissions.EXPORT)
def report(request: HttpRequest) -> HttpResponse:
    """Ask for its report."""
    year = year_of(request) or 0

    def deed() -> str:
        ending = request.POST.get("format", "docx")
        services.request_report(actor=permissions.actor_of(request), format=ending, year=year)
        return "正在生成，过几秒刷新本页下载。"

    return told(request, _back(year), deed)


def _back(year: int) -> str:
    return f"{reverse('evaluation:department')}?year={year or ''}"
