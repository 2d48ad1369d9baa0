"""One transfer and one disposal: their steps."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.limits import sections
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.services import AssetRefusedError
from youju.funds.assets.web.forms import CompleteForm, today
from youju.funds.assets.web.lists import DISPOSAL_STATES, MOVE_STATES, STEP_TONES
from youju.rules.funds.assets.lifecycle import DISPOSAL_KIND, MOVE_KIND, MOVES, WAYS


@require_safe
@permission_required(permissions.VIEW)
def move(request: HttpRequest, number: int) -> HttpResponse:
    """One transfer."""
    page = selectors.move_page(permissions.actor_of(request), number)
    row, named = page.row, sections()
    context = {
        "page": page,
        "row": row,
        "asset": page.asset,
        "kind": MOVE_KIND,
        "way": MOVES[row.kind],
        "state": MOVE_STATES.get(row.state, row.state),
        "tone": STEP_TONES.get(row.state, "plain"),
        "before": (named.get(row.from_section, ""), row.from_place, row.from_keeper_name),
        "after": (named.get(row.to_section, ""), row.to_place, row.to_keeper_name),
    }
    return render(request, "assets/move.html", context)


@require_POST
@permission_required(permissions.VIEW)
def move_step(request: HttpRequest, number: int) -> HttpResponse:
    """Accept, refuse or withdraw it."""
    row = services.take_move_step(
        actor=permissions.actor_of(request),
        move_id=number,
        step=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，现在的状态是“{MOVE_STATES[row.state]}”。")
    return HttpResponseRedirect(reverse("assets:move", args=[number]))


@require_safe
@permission_required(permissions.VIEW)
def disposal(request: HttpRequest, number: int) -> HttpResponse:
    """One disposal."""
    return _disposal(request, number, None)


@require_POST
@permission_required(permissions.VIEW)
def disposal_step(request: HttpRequest, number: int) -> HttpResponse:
    """Review, approve, refuse, withdraw or complete it."""
    wanted, completion, form = request.POST.get("transition", ""), None, None
    if wanted == "complete":
        form = CompleteForm(request.POST)
        if not form.is_valid():
            return _disposal(request, number, form)
        completion = form.wish
    try:
        row = services.take_disposal_step(
            actor=permissions.actor_of(request),
            disposal_id=number,
            step=wanted,
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
            completion=completion,
        )
    except AssetRefusedError as error:
        if form is None:
            raise
        form.refuse(error)
        return _disposal(request, number, form)
    except InputError as error:
        if form is None or error.status in (404, 409):
            raise
        form.add_error(None, str(error))
        return _disposal(request, number, form)
    messages.success(request, f"已办理，现在的状态是“{DISPOSAL_STATES[row.state]}”。")
    return HttpResponseRedirect(reverse("assets:disposal", args=[number]))


def _disposal(request: HttpRequest, number: int, refused: CompleteForm | None) -> HttpResponse:
    page = selectors.disposal_page(permissions.actor_of(request), number)
    row = page.row
    context = {
        "page": page,
        "row": row,
        "asset": page.asset,
        "kind": DISPOSAL_KIND,
        "way": WAYS[row.way],
        "state": DISPOSAL_STATES.get(row.state, row.state),
        "tone": STEP_TONES.get(row.state, "plain"),
        "form": refused or CompleteForm(initial=today()),
        "net": row.cost - row.depreciated,
    }
    return render(request, "assets/disposal.html", context, status=422 if refused else 200)
