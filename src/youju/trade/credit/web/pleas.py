"""One appeal or repair: its way, its files, what it changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.files.sending import file_response
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required
from youju.rules.trade.credit.lifecycle import PLEA_STATES, PLEAS
from youju.trade.credit import events, permissions, selectors, services
from youju.trade.credit.web.shared import PLEA_TONES, tabs_for

_WHO = (permissions.VIEW, permissions.OWN)


@require_safe
@any_permission_required(*_WHO)
def plea(request: HttpRequest, number: int) -> HttpResponse:
    """One of them."""
    page = selectors.plea_page(permissions.actor_of(request), number)
    row = page.plea
    context = {
        "page": page,
        "row": row,
        "word": PLEAS[row.kind],
        "state": PLEA_STATES.get(row.state, row.state),
        "tone": PLEA_TONES.get(row.state, "plain"),
        "kind": events.plea_subject(row).kind,
        "inside": allowed(request.user, permissions.VIEW),
        "alone": not allowed(request.user, permissions.VIEW),
        "tabs": tabs_for(request),
    }
    return render(request, "credit/plea.html", context)


@require_POST
@any_permission_required(*_WHO)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Check, uphold, refuse or withdraw it."""
    row = services.take_plea_step(
        actor=permissions.actor_of(request),
        plea_id=number,
        step=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，现在的状态是“{PLEA_STATES.get(row.state, row.state)}”。")
    return HttpResponseRedirect(reverse("credit:plea", args=[number]))


@require_safe
@any_permission_required(*_WHO)
def file(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """A file of it."""
    found = selectors.plea_file(permissions.actor_of(request), number, file)
    return file_response(request, found.kept, name=found.name)
