"""The year at a glance, and the lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import render_listing
from youju.performance.evaluation import permissions, selectors
from youju.performance.evaluation.selectors import SelfFilter, score_of
from youju.performance.evaluation.web.listings import RESULTS, SELVES, grade_badge, state_badge
from youju.performance.evaluation.web.pictures import scores_picture

FIRST, LAST = 2000, 2099


@require_safe
@permission_required(permissions.VIEW)
def overview(request: HttpRequest) -> HttpResponse:
    """The twelve projects of a year with state, score and grade; ``year=2023``, the latest without one."""
    found = selectors.overview(permissions.actor_of(request), year_of(request))
    rows = [
        (row, state_badge(row), score, grade_badge(grade))
        for row in found.rows
        for score, grade in [score_of(row)]
    ]
    context = {
        "page": found,
        "rows": rows,
        "states": [(label, count) for label, count in found.states.items() if count],
        "picture": scores_picture([(row.project_name, score) for row, _, score, _ in rows], found.year),
        "department_grade": grade_badge(found.department.grade) if found.department else "",
    }
    return render(request, "evaluation/overview.html", context)


@require_safe
@permission_required(permissions.VIEW)
def self_list(request: HttpRequest) -> HttpResponseBase:
    """Every self-evaluation, narrowed by words, year, state and grade."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        given = {name: value or "" for name, value in wish.items() if name != "year"}
        return selectors.self_evaluations(actor, SelfFilter(**given, year=wish.get("year")))

    return render_listing(
        request, SELVES, rows, template="evaluation/list.html", may_export=allowed(actor, permissions.EXPORT)
    )


@require_safe
@permission_required(permissions.VIEW)
def result_list(request: HttpRequest) -> HttpResponseBase:
    """What followed from evaluations."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        RESULTS,
        lambda wish: selectors.applied_results(actor, wish.get("year")),
        template="evaluation/list.html",
        may_export=allowed(actor, permissions.EXPORT),
    )


def year_of(request: HttpRequest) -> int | None:
    """The year of the address, where it is one."""
    asked = (request.POST if request.method == "POST" else request.GET).get("year", "")
    known = asked.isascii() and asked.isdigit() and len(asked) == 4 and FIRST <= int(asked) <= LAST
    return int(asked) if known else None


def overview_of(year: int | None) -> str:
    """The address of a year's overview."""
    return reverse("evaluation:overview") + (f"?year={year}" if year else "")
