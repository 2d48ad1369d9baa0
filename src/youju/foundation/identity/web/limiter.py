"""How many requests a minute: of one person, one key or one address, counted over all worker processes.

Reading a page is free; what changes, exports, logs in or comes by the API is counted in an UNLOGGED table: one statement without
a disk flush. A crash of the database forgets the counts, which harms nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from youju.foundation.identity import limits
from youju.foundation.identity.counting import count
from youju.foundation.identity.web.gate import is_api
from youju.foundation.shell.addresses import client_address
from youju.foundation.shell.errors import error_page

Next = Callable[[HttpRequest], HttpResponseBase]
_WINDOW = 60
# A demo account is entered without a password: there is nothing to guess.
_LOGIN = ("/login", "/login/second")


class RateLimit:
    """Refuse with 429 and ``Retry-After`` what comes too often."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        kind = kind_of(request)
        if kind:
            window, passed = divmod(int(time.time()), _WINDOW)
            if count(f"{kind}:{_who(request, kind)}", window) > limits.rates()[kind]:
                return _refuse(request, _WINDOW - passed)
        return self.get_response(request)


def kind_of(request: HttpRequest) -> str:
    """``login``, ``api``, ``export``, ``write``, or an empty string for what is not counted."""
    if is_api(request):
        return "api"
    if request.method in ("POST", "PUT", "PATCH", "DELETE"):
        return "login" if request.path_info in _LOGIN else "write"
    return "export" if request.GET.get("export") else ""


def _who(request: HttpRequest, kind: str) -> str:
    bearer = request.headers.get("Authorization", "")
    if bearer.startswith("Bearer yj_"):
        return bearer[7:].split("_")[1][:12]
    if kind != "login" and request.user.is_authenticated:
        return f"u{request.user.pk}"
    return client_address(request) or "local"


def _refuse(request: HttpRequest, wait: int) -> HttpResponse:
    if is_api(request):
        answer: HttpResponse = JsonResponse(
            {"detail": f"请求太频繁，请在 {wait} 秒后再试。"},
            status=429,
            json_dumps_params={"ensure_ascii": False},
        )
    else:
        answer = error_page(request, 429, how=f"请在 {wait} 秒后再试。")
    answer["Retry-After"] = str(wait)
    return answer
