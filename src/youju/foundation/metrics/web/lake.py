"""The lake: how it stands, and having it refreshed now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.web.guards import permission_required
from youju.foundation.metrics import permissions
from youju.foundation.metrics.events import LAKE
from youju.foundation.metrics.jobs import ask_for_refresh
from youju.foundation.metrics.selectors.lake import lake_page


@require_safe
@permission_required(permissions.VIEW)
def lake(request: HttpRequest) -> HttpResponse:
    """How the lake stands beside the records."""
    found, asked = lake_page(actor=permissions.actor_of(request))
    context = {
        "found": found,
        "asked": asked,
        "kind": LAKE,
        "may_refresh": allowed(request.user, permissions.REFRESH),
    }
    return render(request, "metrics/lake.html", context)


@require_POST
@permission_required(permissions.REFRESH)
def refresh(request: HttpRequest) -> HttpResponse:
    """Ask for a refresh; the page then says how far it is."""
    ask_for_refresh(actor=permissions.actor_of(request))
    messages.success(request, "已交给后台刷新，完成后这里显示新的数据时间。")
    return HttpResponseRedirect(reverse("metrics:lake"))
