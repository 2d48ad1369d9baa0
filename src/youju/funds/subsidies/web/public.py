"""Publicity (公示): lists that anybody may read without login, the form by which anybody may object. No cookie."""

from __future__ import annotations

import time
import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from youju.foundation.identity.counting import count
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.web.guards import public
from youju.foundation.identity.web.limiter import place_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.funds.subsidies import permissions, services
from youju.funds.subsidies.selectors import rounds as selectors
from youju.funds.subsidies.web.claim_forms import ObjectionForm
from youju.rules.law import whole

_MINUTE, _HOUR = 60, 3600


@require_safe
@public
def lists(request: HttpRequest) -> HttpResponse:
    """Every list that was made public, those still open first."""
    if busy := _too_often(request, "claims", _MINUTE, "funds.claims.public_per_minute"):
        return busy
    today = timezone.localdate()
    rows = [(each, each.shown_until >= today) for each in selectors.public_lists()]
    return _closed(render(request, "claims/public_lists.html", {"rows": rows, "today": today}))


@require_safe
@public
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A list as it was made public, with the hash by which it is told from any other; ``?version=`` shows an earlier one."""
    if busy := _too_often(request, "claims", _MINUTE, "funds.claims.public_per_minute"):
        return busy
    asked = request.GET.get("version", "")
    try:
        found, versions = selectors.public_list(number, int(asked) if asked.isdecimal() else 0)
    except InputError:
        return _closed(render(request, "claims/public_gone.html", status=404))
    open_now = found.version == versions[0].version and found.shown_until >= timezone.localdate()
    context = {"list": found, "versions": versions, "open": open_now and found.round.state == "shown"}
    return _closed(render(request, "claims/public_list.html", context))


# A stranger has no session that another page could misuse, and gets no cookie; the rate is limited instead.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@public
def objecting(request: HttpRequest, number: str) -> HttpResponse:
    """The form of an objection. An enterprise that is logged in objects under its own organisation."""
    if busy := _too_often(request, "claims", _MINUTE, "funds.claims.public_per_minute"):
        return busy
    try:
        found, _ = selectors.public_list(number)
    except InputError:
        return _closed(render(request, "claims/public_gone.html", status=404))
    line = request.GET.get("line", "0")
    form = ObjectionForm(request.POST or None, lines=found.content["lines"], initial={"line": line})
    if request.method == "POST" and form.is_valid():
        if busy := _too_often(request, "objections", _HOUR, "funds.claims.objections_per_hour"):
            return busy
        try:
            objection = services.object_to_list(
                number=number, actor=_enterprise(request), **form.cleaned_data
            )
        except services.ClaimRefusedError as error:
            for each in error.findings:
                field = str(each.at.get("field", ""))
                form.add_error(field if field in form.fields else None, f"{each.message}{each.suggestion}")
        except InputError as error:
            form.add_error(None, str(error))
        else:
            return HttpResponseRedirect(reverse("claims:public-answer", args=[objection.pk]))
    status = 422 if form.errors else 200
    return _closed(render(request, "claims/public_object.html", {"list": found, "form": form}, status=status))


@require_safe
@public
def answer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What became of an objection, for whoever holds its address."""
    if busy := _too_often(request, "claims", _MINUTE, "funds.claims.public_per_minute"):
        return busy
    found = selectors.objection_answer(key)
    if found is None:
        return _closed(render(request, "claims/public_gone.html", status=404))
    number, state, reply = found
    return _closed(
        render(request, "claims/public_answer.html", {"number": number, "state": state, "reply": reply})
    )


def _enterprise(request: HttpRequest):  # type: ignore[no-untyped-def]
    return permissions.actor_of(request) if allowed(request.user, Permission.CLAIMS_OWN) else None


def _too_often(request: HttpRequest, bucket: str, window: int, policy: str) -> HttpResponse | None:
    """429 for who asks too often: counted before anything is looked up."""
    slot, passed = divmod(int(time.time()), window)
    if count(f"{bucket}:{place_of(request)}", slot) <= whole(law_on(timezone.localdate()), policy):
        return None
    answer = render(request, "claims/public_busy.html", {"wait": window - passed}, status=429)
    answer["Retry-After"] = str(window - passed)
    return _closed(answer)


def _closed(answer: HttpResponse) -> HttpResponse:
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
