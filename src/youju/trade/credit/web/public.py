"""For anybody: the lists that are shown now, and the check of a certificate. No login, no cookie, no trace of who asks."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from youju.foundation.identity.counting import count
from youju.foundation.identity.web.guards import public
from youju.foundation.identity.web.limiter import place_of
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.credit.selectors import check_certificate, list_for_anybody, lists_for_anybody

_WINDOW = 60


@require_safe
@public
def lists(request: HttpRequest) -> HttpResponse:
    """The lists that are shown now."""
    if busy := _too_often(request):
        return busy
    return _closed(render(request, "credit/public_lists.html", {"rows": lists_for_anybody()}))


@require_safe
@public
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One of them; 404 once its days are over."""
    if busy := _too_often(request):
        return busy
    found = list_for_anybody(number)
    if found is None:
        return _closed(render(request, "credit/public_gone.html", status=404))
    groups = {grade: [line for line in found.lines if line["grade"] == grade] for grade in found.grades}
    return _closed(render(request, "credit/public_list.html", {"list": found, "groups": groups}))


@require_safe
@public
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a certificate was made here and is in force; 404 for an unknown code, 429 for who asks too often."""
    if busy := _too_often(request):
        return busy
    found = check_certificate(code)
    if found is None:
        return _closed(render(request, "credit/public_unknown.html", status=404))
    return _closed(render(request, "credit/public_check.html", {"found": found}))


def _too_often(request: HttpRequest) -> HttpResponse | None:
    """429 for who asks too often: counted before anything is looked up, so guessing costs as much as knowing."""
    slot, passed = divmod(int(time.time()), _WINDOW)
    most = whole(law_on(timezone.localdate()), "trade.credit.public_per_minute")
    if count(f"credit:{place_of(request)}", slot) <= most:
        return None
    answer = render(request, "credit/public_busy.html", {"wait": _WINDOW - passed}, status=429)
    answer["Retry-After"] = str(_WINDOW - passed)
    return _closed(answer)


def _closed(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    # A list ends and a certificate is revoked at once.
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
