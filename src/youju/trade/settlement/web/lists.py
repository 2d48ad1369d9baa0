"""The lists: ledger, receipts, what is unmatched, reservations, rates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Listing, render_listing
from youju.trade.settlement import permissions, selectors
from youju.trade.settlement.web import listings
from youju.trade.settlement.web.tabs import tabs_for


def _list(request: HttpRequest, listing: Listing, rows: Callable[..., Any], **more: Any) -> HttpResponseBase:
    actor = permissions.actor_of(request)

    def asked(wish: Any) -> Any:
        return rows(actor=actor, **{name: value for name, value in wish.items() if value}, **more)

    return render_listing(
        request,
        listing,
        asked,
        template="settlement/list.html",
        context={
            "title": listing.title,
            "tabs": tabs_for(request),
            "may_record": allowed(actor, permissions.RECORD),
            "may_import": allowed(actor, permissions.IMPORT),
            "import_code": {"receipts": "settlement.receipts", "rates": "settlement.rates"}.get(
                listing.name, ""
            ),
        },
        may_export=allowed(actor, permissions.EXPORT),
    )


@require_safe
@permission_required(permissions.VIEW)
def lot_list(request: HttpRequest) -> HttpResponseBase:
    """The ledger by line."""
    return _list(request, listings.LOTS, selectors.lots)


@require_safe
@permission_required(permissions.VIEW)
def receipt_list(request: HttpRequest) -> HttpResponseBase:
    """Receipts."""
    return _list(request, listings.RECEIPTS, selectors.receipts)


@require_safe
@permission_required(permissions.MATCH)
def unmatched_list(request: HttpRequest) -> HttpResponseBase:
    """Receipts with money that stands nowhere."""
    return _list(request, listings.UNMATCHED, selectors.receipts, unmatched=True)


@require_safe
@permission_required(permissions.VIEW)
def reservation_list(request: HttpRequest) -> HttpResponseBase:
    """Reservations: a bank's own, or those on one's lines."""
    return _list(request, listings.RESERVATIONS, selectors.reservations)


@require_safe
@permission_required(permissions.VIEW)
def rate_list(request: HttpRequest) -> HttpResponseBase:
    """Rates by day."""
    return _list(request, listings.RATES, selectors.rates)
