"""The first page after the login."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.keeping import kept
from youju.portal import selectors


@require_safe
@permission_required(Permission.HOME_VIEW)
@kept()
def home(request: HttpRequest) -> HttpResponse:
    """What matters to the user's role, and what to do next."""
    return render(request, "portal/home.html", {"home": selectors.home(request.user)})
