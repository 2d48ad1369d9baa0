"""The register, and what hangs on events across all of them, as lists with CSV, xlsx and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.listing import Listing, render_listing, show
from youju.office.events import permissions, selectors
from youju.office.events.selectors import EventFilter, PartFilter
from youju.office.events.web.listings import PARTS, REGISTER
from youju.office.events.web.parquet import parquet_of
from youju.rules.office.events.kinds import KIND_NAMES

_READ: dict[str, Callable[..., Any]] = {
    "signups": selectors.signups,
    "deals": selectors.deals,
    "prospects": selectors.prospects,
    "applications": selectors.applications,
    "attendance": selectors.attendances,
}


@require_safe
@permission_required(permissions.VIEW)
def event_list(request: HttpRequest) -> HttpResponseBase:
    """The register, narrowed by kind, state, year, section and project."""
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        given = {name: value or "" for name, value in wish.items() if name != "year"}
        return selectors.events_of(actor, EventFilter(**given, year=wish.get("year")))

    return _answer(request, REGISTER, rows)


@require_safe
@permission_required(permissions.VIEW)
def part_list(request: HttpRequest, part: str) -> HttpResponseBase:
    """Sign-ups, orders won, firms that are to be won, AEO applications or attendance, of all events."""
    if part not in PARTS:
        raise Http404("没有这份列表。")
    actor = permissions.actor_of(request)

    def rows(wish: Mapping[str, Any]) -> Any:
        return _READ[part](actor, PartFilter(**{name: value or "" for name, value in wish.items()}))

    return _answer(request, PARTS[part], rows)


def _answer(
    request: HttpRequest, listing: Listing, rows: Callable[[Mapping[str, Any]], Any]
) -> HttpResponseBase:
    actor = permissions.actor_of(request)
    may_export = allowed(actor, permissions.EXPORT)
    if request.GET.get("export") == "parquet":
        if not may_export:
            raise PermissionDenied("您的账号没有导出这份列表的权限，如工作需要请联系系统管理员。")
        return parquet_of(show(request, listing, rows, may_export=True), request.GET.urlencode())
    query = request.GET.copy()
    query["export"] = "parquet"
    return render_listing(
        request,
        listing,
        rows,
        template="events/list.html",
        context={
            "kinds": list(KIND_NAMES.items()),
            "may_edit": allowed(actor, permissions.EDIT),
            "may_import": allowed(actor, permissions.IMPORT),
            "parquet_url": f"?{query.urlencode()}" if may_export else "",
        },
        may_export=may_export,
    )
