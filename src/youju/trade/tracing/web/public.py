"""The page behind a carton's code: for anybody, in Chinese and English at once, without login, cookie or trace."""

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
from youju.trade.tracing.selectors.codes import public_view

_WINDOW = 60


@require_safe
@public
def code(request: HttpRequest, token: str) -> HttpResponse:
    """What may be public of the goods in a carton; 404 for an unknown or revoked code, 429 for who asks too often."""
    slot, passed = divmod(int(time.time()), _WINDOW)
    most = whole(law_on(timezone.localdate()), "trade.tracing.public_per_minute")
    # Counted before anything is looked up: guessing costs as much as knowing.
    if count(f"trace:{place_of(request)}", slot) > most:
        answer = render(request, "tracing/public_busy.html", {"wait": _WINDOW - passed}, status=429)
        answer["Retry-After"] = str(_WINDOW - passed)
        return _closed(answer)
    found = public_view(token.upper())
    if found is None:
        return _closed(render(request, "tracing/public_gone.html", status=404))
    chinese, english = found.stage_words
    return _closed(
        render(request, "tracing/public.html", {"goods": found, "stage": chinese, "stage_en": english})
    )


def _closed(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    # A revoked code is gone at once.
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
