"""One search over the rooms that the user may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.guards import permission_required
from youju.portal import selectors

LONGEST = 100


@require_safe
@permission_required(Permission.HOME_VIEW)
def search(request: HttpRequest) -> HttpResponse:
    """``?q=``: projects by code or name, indicator rows by text, rules by id or words."""
    text = " ".join(request.GET.get("q", "")[:LONGEST].split())
    found = selectors.find(request.user, text)
    return render(request, "portal/search.html", {"search_query": text, "found": found})
