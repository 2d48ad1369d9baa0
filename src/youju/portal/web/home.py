"""The first page after the login."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from youju.foundation.identity.permissions import Permission
from youju.foundation.identity.roles import Role
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.shell.keeping import kept
from youju.portal import selectors


@require_safe
@permission_required(Permission.HOME_VIEW)
def home(request: HttpRequest) -> HttpResponseBase:
    """What matters to the user's role, and what to do next. A foreign buyer's home is the own filing, which speaks English."""
    if list(getattr(request.user, "roles", ())) == [Role.BUY.value]:
        return HttpResponseRedirect(reverse("parties:buyer"))
    return _home(request)


@kept()
def _home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"home": selectors.home(request.user)})
