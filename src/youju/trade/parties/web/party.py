"""The page of a party: what is filed, its papers, its way, what this user may do; one look at a number in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.parties.agreement_facts import AGENT_ROLES, PRINCIPAL_ROLES
from youju.rules.trade.parties.fields import label_of
from youju.trade.parties import permissions, selectors, services
from youju.trade.parties.selectors.agreements import state_label as agreement_label
from youju.trade.parties.web.forms import ReasonForm

if TYPE_CHECKING:
    from youju.trade.parties.models import Party


@require_safe
@any_permission_required(permissions.VIEW, permissions.OWN)
def party(request: HttpRequest, party_id: int) -> HttpResponse:
    """One party."""
    page = selectors.party_page(permissions.actor_of(request), party_id)
    inside = allowed(request.user, permissions.VIEW)
    context: dict[str, Any] = {
        "page": page,
        "party": page.party,
        "inside": inside,
        "may_trace": allowed(request.user, Permission.TRACING_VIEW),
        "alone": not allowed(request.user, Permission.WORKFLOW_VIEW),
        "roles": selectors.role_words(page.party.roles),
        "state_label": selectors.state_label(page.party),
        "channel": selectors.CHANNELS.get(page.party.channel, page.party.channel),
        "identifiers": [(each, label_of(each.kind)) for each in page.identifiers],
        "may_unmask": allowed(request.user, permissions.UNMASK),
        "changes": selectors.party_changes(page.party, permissions.actor_of(request)),
        **_elsewhere(request, page.party),
        "markets": selectors.markets() if page.party.market else {},
        "credit": selectors.level_view(page.party) if page.party.number else None,
        "may_credit": any(
            allowed(request.user, each) for each in (Permission.CREDIT_VIEW, Permission.CREDIT_OWN)
        ),
    }
    response = render(request, "parties/party.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _elsewhere(request: HttpRequest, found: Party) -> dict[str, Any]:
    """Agreements of the party and what other rooms have of it, for who may open their lists."""
    concluding = PRINCIPAL_ROLES | AGENT_ROLES
    sees = allowed(request.user, permissions.VIEW_AGREEMENTS) and bool(concluding & set(found.roles))
    rows, total = selectors.agreements_of_party(permissions.actor_of(request), found.pk) if sees else ([], 0)
    return {
        "agreements": [(row, agreement_label(row)) for row in rows],
        "agreements_total": total,
        "sees_agreements": sees,
        "elsewhere": services.elsewhere(found) if allowed(request.user, Permission.GOODS_VIEW) else (),
    }


@require_POST
@any_permission_required(permissions.VIEW, permissions.OWN)
def step(request: HttpRequest, party_id: int) -> HttpResponse:
    """Take one step with a filing."""
    found = services.take_step(
        actor=permissions.actor_of(request),
        party_id=party_id,
        transition=request.POST.get("transition", ""),
        reason=request.POST.get("reason", ""),
        expected=request.POST.get("state", ""),
    )
    messages.success(request, f"已办理，{found.name}现在的状态是“{selectors.state_label(found)}”。")
    return HttpResponseRedirect(reverse("parties:party", args=[party_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(permissions.UNMASK)
def unmask(request: HttpRequest, party_id: int, identifier_id: int) -> HttpResponse:
    """One number in full: the reason first, then the number once, on this answer alone."""
    actor = permissions.actor_of(request)
    form, shown = ReasonForm(request.POST or None), None
    found = selectors.party(actor, party_id)
    if request.method == "POST" and form.is_valid():
        try:
            shown = services.unmask(
                actor=actor, party_id=party_id, identifier_id=identifier_id, **form.cleaned_data
            )
        except InputError as error:
            if error.status != 422:
                raise
            form.add_error("reason", str(error))
    context = {"form": form, "party": found, "shown": shown}
    response = render(request, "parties/unmask.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store, private"
    return response
