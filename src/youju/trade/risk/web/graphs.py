"""Related parties: the components, and one party's surroundings as a picture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Column, Listing, render_listing
from youju.trade.parties import addresses as parties
from youju.trade.risk import permissions, selectors
from youju.trade.risk.web.drawing import picture
from youju.trade.risk.web.tabs import tabs_for

COMPONENTS = Listing(
    name="components",
    title="关联组",
    columns=(
        Column("party", "从谁画起", lambda row: f"{row.party.number} {row.party.name}", narrow="title",
               href=lambda row: reverse("risk:graph", args=[row.party.number]) if row.party.number else None),
        Column("size", "主体数", sort="size", numeric=True),
    ),
    order="-size",
    export_name="关联组",
    empty="没有发现共用电话、证件、地址、账户或设备的主体；每次扫描后重算。",
)  # fmt: skip


@require_safe
@permission_required(permissions.VIEW)
def components(request: HttpRequest) -> HttpResponseBase:
    """The components as last counted."""
    actor = permissions.actor_of(request)
    return render_listing(
        request,
        COMPONENTS,
        lambda _wish: selectors.components(actor=actor),
        template="risk/components.html",
        context={"tabs": tabs_for(request)},
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def graph(request: HttpRequest, number: str) -> HttpResponse:
    """What hangs around a party, drawn; each node opens its own picture."""
    actor = permissions.actor_of(request)
    found = selectors.graph(actor=actor, number=number)
    if found is None:
        raise Http404("没有这个主体。")
    names = {each.id: each for each in found.parties}
    sees = allowed(actor, Permission.PARTIES_VIEW)
    context = {
        "graph": found,
        "number": number,
        "centre": names.get(found.centre),
        "picture": picture(found) if len(found.parties) > 1 else "",
        "shared": [
            (each.label, [names[key] for key in each.members if key in names]) for each in found.marks
        ],
        "rows": [(each, parties.party(str(each.id)) if sees else None) for each in found.parties],
        "tabs": tabs_for(request),
    }
    return render(request, "risk/graph.html", context)
