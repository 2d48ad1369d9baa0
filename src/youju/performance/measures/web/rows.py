"""One indicator row: its value, what it is made of, what was bound and signed for it; its trend as a picture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.performance.measures import permissions
from youju.performance.measures.selectors import Basis
from youju.performance.measures.selectors.pages import measured_row, row_page
from youju.performance.measures.web.overviews import asked_until
from youju.performance.measures.web.telling import months, sparkline, told
from youju.rules.performance.measures.lifecycle import (
    BASES,
    BINDING_KIND,
    IN_FORCE,
    SIGNED,
    SIGNED_STATES,
    STATES,
)
from youju.rules.performance.measures.tiers import LABELS


@require_safe
@permission_required(permissions.VIEW)
def row(request: HttpRequest, year: int, project: str, number: int) -> HttpResponse:
    """A row of a project's table; ``?until=2023-07``."""
    actor = permissions.actor_of(request)
    try:
        page = row_page(actor=actor, year=year, code=project, number=number, until=asked_until(request, year))
    except InputError as error:
        raise Http404(str(error)) from error
    context = {
        "page": page,
        "row": page.row,
        "told": told([page.row])[0],
        "trend": sparkline(page.row.trend, f"{page.row.level3} 各月累计") if page.row.trend else "",
        "months": months(page.row) if page.row.trend else "",
        "kind": BINDING_KIND,
        "bindings": [(each, BASES[each.basis], STATES[each.state]) for each in page.bindings],
        "statements": [
            (
                label,
                kind,
                [(each, SIGNED_STATES[each.state], LABELS.get(each.tier, ""), files) for each, files in rows],
            )
            for label, kind, rows in (
                ("情况说明", "attestation", page.attestations),
                ("数值调整", "adjustment", page.adjustments),
            )
        ],
        "waiting": SIGNED,
        "in_force": IN_FORCE,
        "may_bind": allowed(actor, permissions.BIND),
        "may_attest": allowed(actor, permissions.ATTEST) and page.row.basis is Basis.ATTESTED,
        "may_adjust": allowed(actor, permissions.ATTEST) and page.row.basis is not Basis.UNBOUND,
        "may_countersign": allowed(actor, permissions.COUNTERSIGN),
    }
    return render(request, "measures/row.html", context)


@require_safe
@permission_required(permissions.VIEW)
def trend(request: HttpRequest, year: int, project: str, number: int) -> HttpResponse:
    """The row's monthly values as a small picture."""
    try:
        _, _, found = measured_row(
            actor=permissions.actor_of(request),
            year=year,
            code=project,
            number=number,
            until=asked_until(request, year),
        )
    except InputError as error:
        raise Http404(str(error)) from error
    return HttpResponse(
        sparkline(found.trend, f"{found.level3} 各月累计"),
        content_type="image/svg+xml",
        headers={"Cache-Control": "private, max-age=60"},
    )
