"""How many requests a minute: of one person, one key or one address, counted over all worker processes.

Reading a page is free; what changes, uploads, exports, logs in or comes by the API is counted in an UNLOGGED table: one statement
without a disk flush. A crash of the database forgets the counts, which harms nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from youju.foundation.identity import limits
from youju.foundation.identity.counting import count
from youju.foundation.identity.web.gate import is_api
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.addresses import client_address
from youju.foundation.shell.errors import error_page

Next = Callable[[HttpRequest], HttpResponseBase]
_WINDOW = 60
# A demo account is entered without a password: there is nothing to guess.
_LOGIN = ("/login", "/login/second")
_CHANGES = ("POST", "PATCH", "DELETE")
# The least that a network gives one household or office; its owner may take any address in it.
_ONE_PLACE = 64


class TooOftenError(InputError):
    """A limit was passed. ``wait``: seconds until the next window, for ``Retry-After``."""

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__("请求太频繁", how=f"请在 {wait} 秒后再试", status=429)


class RateLimit:
    """Refuse with 429 and ``Retry-After`` what comes too often."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """Count the request by its kind; a program with a key is counted where the key is known (``api_guard``)."""
        kind = kind_of(request, view)
        if not kind or (kind == "api" and bearer(request)):
            return None
        try:
            weigh(kind, of_whom(request, kind))
        except TooOftenError as error:
            answer = error_page(request, 429, how=f"请在 {error.wait} 秒后再试。")
            answer["Retry-After"] = str(error.wait)
            return answer
        return None


def window() -> int:
    """The number of the minute in which requests are counted now."""
    return int(time.time()) // _WINDOW


def weigh(kind: str, who: str, hits: int | None = None) -> None:
    """Count one request.

    Args:
        kind: as :func:`kind_of` says.
        who: whose it is.
        hits: how many there are in this minute where this one has been counted already.

    Raises:
        TooOftenError: it is one too many in this minute.
    """
    now, passed = divmod(int(time.time()), _WINDOW)
    if (count(f"{kind}:{who}", now) if hits is None else hits) > limits.rates()[kind]:
        raise TooOftenError(_WINDOW - passed)


def kind_of(request: HttpRequest, view: Any) -> str:
    """``api``, ``login``, ``upload``, ``piece``, ``write``, ``export``, or an empty string for what is not counted."""
    if is_api(request):
        return "api"
    if request.method == "PUT":
        # Only the pieces of a large file come so; they are many by nature.
        return "piece"
    if request.method in _CHANGES:
        if request.path_info in _LOGIN:
            return "login"
        return "upload" if request.content_type == "multipart/form-data" else "write"
    hands_out = str(getattr(view, "required_permission", "")).endswith(".export")
    return "export" if hands_out or request.GET.get("export") else ""


def of_whom(request: HttpRequest, kind: str) -> str:
    """The user; before a login, the place that the request comes from."""
    if kind != "login" and request.user.is_authenticated:
        return f"u{request.user.pk}"
    return place_of(request)


def place_of(request: HttpRequest) -> str:
    """The address, of IPv6 its network: whoever has one of its addresses has them all."""
    address = client_address(request)
    if address is None:
        return "local"
    return str(ip_network(f"{address}/{_ONE_PLACE}", strict=False)) if ":" in address else address


def bearer(request: HttpRequest) -> str:
    """The API key that the request presents, unchecked; empty without one."""
    scheme, _, presented = request.headers.get("Authorization", "").partition(" ")
    return presented.strip() if scheme.lower() == "bearer" and presented.strip().startswith("yj_") else ""
