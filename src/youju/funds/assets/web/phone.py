"""Counting on a phone: the page, its list, its worker, a fresh token; and one count at a time where no script runs."""

from __future__ import annotations

import uuid
from functools import cache
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from youju.foundation.identity.web.guards import permission_required
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import permissions, selectors, services
from youju.funds.assets.services import CountIn
from youju.funds.assets.web.forms import CountForm
from youju.rules.funds.assets.lifecycle import COUNTING

_WORKER = Path(__file__).parent.parent / "static" / "assets" / "worker.js"


@require_safe
@permission_required(permissions.COUNT)
def count(request: HttpRequest, number: int) -> HttpResponse:
    """The page on which a phone counts. It holds no list: the script keeps that, and a form serves without a script."""
    return _page(request, number, CountForm())


@require_POST
@permission_required(permissions.COUNT)
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One count by the form."""
    form = CountForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        wish = CountIn(uuid.uuid4(), given["text"], timezone.now(), given["place"], given["note"])
        answer = services.upload_counts(
            actor=permissions.actor_of(request), stocktake_id=number, counts=[wish]
        )[0]
        if answer.outcome == "unreadable":
            form.add_error("text", answer.message)
        else:
            say = messages.warning if answer.outcome == "conflict" else messages.success
            say(request, f"{answer.number} {answer.message}")
            return HttpResponseRedirect(reverse("assets:count", args=[number]))
    return _page(request, number, form)


@require_safe
@permission_required(permissions.COUNT)
def listed(request: HttpRequest, number: int) -> HttpResponse:
    """The round's list as a phone keeps it."""
    found = selectors.phone_list(permissions.actor_of(request), number)
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@require_safe
@permission_required(permissions.COUNT)
def token(request: HttpRequest) -> HttpResponse:
    """Who is logged in now, and a token for uploading: the page may have lain on the phone for days."""
    return JsonResponse({"user": permissions.actor_of(request).username, "csrf": get_token(request)})


@require_safe
@permission_required(permissions.COUNT)
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The service worker. It stands here and not among the static files so that it may serve the pages below this address."""
    return HttpResponse(_script(), content_type="text/javascript; charset=utf-8")


@cache
def _script() -> bytes:
    return _WORKER.read_bytes()


def _page(request: HttpRequest, number: int, form: CountForm) -> HttpResponse:
    page = selectors.stocktake_page(permissions.actor_of(request), number)
    if page.row.state != COUNTING:
        raise InputError("这次盘点已经结束清点", where=page.row.number, how="请联系组织盘点的人", status=409)
    context = {
        "page": page,
        "row": page.row,
        "form": form,
        "user_name": permissions.actor_of(request).username,
    }
    return render(request, "assets/count.html", context, status=422 if form.errors else 200)
