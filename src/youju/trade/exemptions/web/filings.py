"""Filings as lists, and one of them with its lines and steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import any_permission_required, permission_required
from youju.foundation.shell.deeds import told
from youju.foundation.shell.listing import Listing, render_listing
from youju.rules.trade.exemptions.lifecycle import FILING_KIND, FILING_STATES, MODES
from youju.trade.exemptions import permissions, selectors, services
from youju.trade.exemptions.selectors import FilingFilter
from youju.trade.exemptions.web.listings import FILING_TONES, FILINGS, LATE


@require_safe
@permission_required(permissions.VIEW)
def filing_list(request: HttpRequest) -> HttpResponseBase:
    """All filings in reach; ``only=queue`` is the tax office's queue."""
    return _listed(request, FILINGS, "")


@require_safe
@permission_required(permissions.VIEW)
def late_list(request: HttpRequest) -> HttpResponseBase:
    """What was not filed in time, with the tax that an example rate would make of it."""
    return _listed(request, LATE, "late")


def _listed(request: HttpRequest, listing: Listing, only: str) -> HttpResponseBase:
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        given = FilingFilter(
            wish.get("text") or "", wish.get("state") or "", wish.get("month"), only or wish.get("only") or ""
        )
        return selectors.filings(actor, given)

    context = {"may_import": allowed(actor, permissions.IMPORT) and not only, "late": bool(only)}
    return render_listing(
        request,
        listing,
        rows,
        template="exemptions/list.html",
        context=context,
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def filing(request: HttpRequest, number: int) -> HttpResponse:
    """One filing."""
    page = selectors.filing_page(permissions.actor_of(request), number)
    row = page.row
    context = {
        "page": page,
        "row": row,
        "kind": FILING_KIND,
        "state_label": FILING_STATES[row.state],
        "tone": FILING_TONES.get(row.state, "plain"),
        "mode": MODES[row.mode],
        "step_url": reverse("exemptions:step", args=[number]),
    }
    return render(request, "exemptions/filing.html", context)


@require_POST
@any_permission_required(permissions.FILE, permissions.CERTIFY)
def step(request: HttpRequest, number: int) -> HttpResponse:
    """File, correct; take in, send back, let in late."""
    pages = {"back": reverse("exemptions:filing", args=[number])}

    def deed() -> str:
        done = services.take_step(
            actor=permissions.actor_of(request),
            filing_id=number,
            step=request.POST.get("transition", ""),
            reason=request.POST.get("reason", ""),
            expected=request.POST.get("state", ""),
        )
        pages["back"] = reverse("exemptions:filing", args=[done.row.pk])
        said = "".join(each.told for each in done.findings)
        return f"已办理，状态是“{FILING_STATES[done.row.state]}”，共 {done.row.amount_cny:,.2f} 元。{said}"

    answer = told(request, pages["back"], deed)
    answer["Location"] = pages["back"]
    return answer
