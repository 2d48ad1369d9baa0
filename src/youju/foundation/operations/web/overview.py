"""How the system is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.jobs import selectors as jobs
from youju.foundation.operations import selectors


@permission_required(Permission.OPERATIONS_VIEW)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The signs of health, the periodic jobs, slow statements, errors of the last day."""
    context = {
        "cards": selectors.cards(),
        "periodic": jobs.periodic_tasks(),
        "slow": selectors.slow_lines(),
        "errors": selectors.error_lines(),
    }
    return render(request, "operations/overview.html", context)
