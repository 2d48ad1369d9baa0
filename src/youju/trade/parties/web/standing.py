"""Suspending, resuming, cancelling: what it touches stands on the page before it is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.trade.parties import addresses, permissions, services
from youju.trade.parties.web.change_forms import ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.SUSPEND)
def standing(request: HttpRequest, party_id: int, step: str) -> HttpResponse:
    """One step with the standing of a party: its effects, a reason, and the button."""
    actor = permissions.actor_of(request)
    form = ReasonForm(request.POST or None)
    back = addresses.party(str(party_id)) or reverse("parties:changes")
    if request.method == "POST" and form.is_valid():
        try:
            party = services.change_standing(
                actor=actor,
                party_id=party_id,
                transition=step,
                reason=form.cleaned_data["reason"],
                expected=request.POST.get("state", ""),
            )
        except InputError as error:
            if error.status == 404:
                raise
            form.add_error(None, str(error))
        else:
            label = PARTY_FLOW.state(party.state).label
            messages.success(request, f"已办理，“{party.name}”现在的状态是“{label}”。")
            return HttpResponseRedirect(back)
    page = services.preview_standing(actor=actor, party_id=party_id, step=step)
    context = {"page": page, "form": form, "back_url": back}
    return render(request, "parties/standing.html", context, status=422 if form.errors else 200)
