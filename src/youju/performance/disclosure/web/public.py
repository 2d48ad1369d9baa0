"""The public site, for anybody: no login, no cookie; counted by address, kept by browsers for some minutes."""

from __future__ import annotations

import hashlib
import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from youju.foundation.identity.counting import count
from youju.foundation.identity.web.guards import public
from youju.foundation.identity.web.limiter import place_of
from youju.foundation.policies import law_on
from youju.performance.disclosure.documents.site.serving import public_file
from youju.rules.law import whole

_WINDOW = 60


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return _answer(request, "index.html")


@require_safe
@public
def file(request: HttpRequest, file: str) -> HttpResponse:
    """A page or a file of the site; 404 for what is not public, 429 for who asks too often."""
    return _answer(request, f"{file}index.html" if file.endswith("/") else file)


def _answer(request: HttpRequest, path: str) -> HttpResponse:
    law = law_on(timezone.localdate())
    slot, passed = divmod(int(time.time()), _WINDOW)
    # Counted before anything is made: the files cost more than the count.
    if count(f"open:{place_of(request)}", slot) > whole(law, "performance.disclosure.public_per_minute"):
        answer = render(
            request,
            "disclosure/site/busy.html",
            {"wait": _WINDOW - passed, "home": reverse("open:home")},
            status=429,
        )
        answer["Retry-After"] = str(_WINDOW - passed)
        return _closed(answer, "no-store")
    found = public_file(path)
    if found is None:
        return _closed(
            render(request, "disclosure/site/gone.html", {"home": reverse("open:home")}, status=404),
            "no-store",
        )
    content, kind = found
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = HttpResponse(content, content_type=kind)
    answer["ETag"] = etag
    seconds = whole(law, "performance.disclosure.cache_seconds")
    known = get_conditional_response(request, etag=etag, response=answer) or answer
    return _closed(known, f"public, max-age={seconds}")


def _closed(answer: HttpResponse, cache: str) -> HttpResponse:
    answer["Cache-Control"] = cache
    answer["Referrer-Policy"] = "no-referrer"
    return answer
