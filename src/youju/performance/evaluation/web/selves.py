"""One self-evaluation: its form, finance's second look, and how it compares with the records of today."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.deeds import revision
from youju.performance.evaluation import permissions, selectors, services
from youju.performance.evaluation.selectors.papers import FUNDS
from youju.performance.evaluation.web import forms
from youju.performance.evaluation.web.listings import grade_badge, state_badge
from youju.rules.performance.evaluation.lifecycle import SELF_KIND

PAPERS = (
    ("form", "docx", "自评表（docx）"),
    ("form", "xlsx", "自评表（xlsx）"),
    ("report", "docx", "自评报告（docx）"),
    ("report", "pdf", "自评报告（pdf）"),
)


@require_safe
@permission_required(permissions.VIEW)
def self_evaluation(request: HttpRequest, number: int) -> HttpResponse:
    """Every row with target, value, degree, points and their reason; whoever may fills in what only people know."""
    page = selectors.self_page(permissions.actor_of(request), number)
    return render(request, "evaluation/self.html", _context(page))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.RECHECK)
def recheck(request: HttpRequest, number: int) -> HttpResponse:
    """Finance's own points row by row."""
    actor = permissions.actor_of(request)
    if request.method == "POST":
        try:
            seen = revision(request)
            services.recheck(
                actor=actor,
                evaluation_id=number,
                rows=forms.own_points(request.POST),
                note=request.POST.get("note", ""),
                revision=seen if seen is not None else -1,
            )
        except InputError as error:
            if error.status == 404:
                raise
            messages.error(request, str(error))
        else:
            messages.success(request, "已保存复核得分。")
        return HttpResponseRedirect(reverse("evaluation:recheck", args=[number]))
    page = selectors.self_page(actor, number)
    return render(request, "evaluation/recheck.html", _context(page))


@require_safe
@permission_required(permissions.VIEW)
def drift(request: HttpRequest, number: int) -> HttpResponse:
    """Frozen values beside those of today's records."""
    actor = permissions.actor_of(request)
    context = {
        "head": selectors.self_of(actor, number),
        "drifts": selectors.drifts(actor, number),
    }
    return render(request, "evaluation/drift.html", context)


def _context(page: selectors.SelfPage) -> dict[str, object]:
    head = page.head
    open_level = any(not level.words for level in page.schema.levels)
    return {
        "page": page,
        "head": head,
        "kind": SELF_KIND,
        "state": state_badge(head),
        "grade": grade_badge(page.grade),
        "recheck_grade": grade_badge(head.recheck_grade),
        "funds": [(FUNDS[each.kind], each) for each in page.funds],
        "tiers": [(each.code, f"{each.label}（{each.range}）") for each in page.schema.tiers.values()],
        "evidence": forms.EvidenceForm(),
        "asks_weights": open_level,
        "difference": page.difference,
        "year_text": str(head.fiscal_year),
        "total_label": "自评得分" if page.frozen else "此刻的得分",
        "papers": PAPERS,
    }
