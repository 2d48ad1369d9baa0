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
from youju.portal.achieved import year_standing


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


@require_safe
@permission_required(Permission.MEASURES_VIEW)
@kept()
def achieved(request: HttpRequest) -> HttpResponse:
    """The part of the home page that takes a moment: how far each project has come. Fetched by the page after it is shown."""
    return render(request, "portal/_achieved.html", {"standing": year_standing(request.user)})
