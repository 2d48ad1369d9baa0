"""The sheet behind a one-time code: for anybody, in Chinese and English, without login, cookie, script or trace."""

from __future__ import annotations

import time
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.counting import count
from youju.foundation.identity.web.guards import public
from youju.foundation.identity.web.limiter import place_of
from youju.foundation.kernel.sealing import fingerprint
from youju.foundation.policies import law_on
from youju.office.surveys import selectors, services
from youju.office.surveys.services import TokenGoneError, UnansweredError
from youju.office.surveys.web.drawing import drawn
from youju.office.surveys.web.wording import ENGLISH, language_of, words_of
from youju.rules.law import whole
from youju.rules.office.surveys.reading import Problem

_WINDOW = 60
_STATUS = {"used": 410, "unknown": 404, "waiting": 404, "over": 410, "busy": 429}


# A stranger has no session that another page could misuse, and gets no cookie; the code itself is the right to answer.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """The questions, and the answer to them; 410 for a used code, 429 for who asks too often."""
    language = language_of(request)
    if _too_often(request):
        return _said(request, "busy", language)
    found = selectors.sheet_of(token)
    if isinstance(found, str):
        return _said(request, found, language)
    given: dict[int, list[str]] = {}
    problems: dict[int, Problem] = {}
    if request.method == "POST":
        given = {each.pk: request.POST.getlist(f"q{each.pk}") for each in found.questions}
        try:
            services.answer(token=token, given=given)
        except UnansweredError as error:
            problems = error.problems
        except TokenGoneError:
            return _said(request, "used", language)
        else:
            # Away from the code's address: going back finds it used, and no history names it as answered.
            where = reverse("survey_sheet:thanks") + f"?lang={'en' if language == ENGLISH else 'zh'}"
            return _closed(HttpResponseRedirect(where))
    context = drawn(found, language, given, problems) | {"words": words_of(language), "language": language}
    return _closed(render(request, "surveys/sheet.html", context, status=422 if problems else 200))


@require_safe
@public
def thanks(request: HttpRequest) -> HttpResponse:
    """What is said to everybody who has answered; the same page for all."""
    language = language_of(request)
    if _too_often(request):
        return _said(request, "busy", language)
    return _said(request, "thanks", language)


def _too_often(request: HttpRequest) -> bool:
    """Counted before anything is looked up. The address is counted under a keyed hash that changes with the minute."""
    slot = int(time.time()) // _WINDOW
    bucket = fingerprint(f"{slot} {place_of(request)}", "survey sheet")[:24]
    return count(f"svy:{bucket}", slot) > whole(
        law_on(timezone.localdate()), "office.surveys.public_per_minute"
    )


def _said(request: HttpRequest, what: str, language: str) -> HttpResponse:
    words = words_of(language)
    context = {
        "words": words,
        "language": language,
        "heading": words[what],
        "more": words[f"{what}_more"],
        "good": what == "thanks",
    }
    answer = _closed(render(request, "surveys/said.html", context, status=_STATUS.get(what, 200)))
    if what == "busy":
        answer["Retry-After"] = str(_WINDOW)
    return answer


def _closed(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    # The framework logs what it refuses with its address, which is the code here: this answer counts as logged.
    cast("object", answer).__dict__["_has_been_logged"] = True
    return answer
