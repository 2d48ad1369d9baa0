"""The circumstances of a request, for the trail and the logs: its id, its address, the edge it came in by."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse

from youju.foundation.kernel.context import acting, carried
from youju.foundation.shell.addresses import client_address

log = logging.getLogger("youju.requests")
Watcher = Callable[[str, str, int, float], None]
_watchers: list[Watcher] = []
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}")
Next = Callable[[HttpRequest], HttpResponseBase]


def watch(watcher: Watcher) -> None:
    """Call ``watcher(route, method, status, seconds)`` after each request; rooms above count them."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def streamed_as_now(response: HttpResponseBase) -> HttpResponseBase:
    """The answer; one that is still being made when the request's context has ended is made under that context all the same.

    Without it a list that streams out would reach no row.
    """
    if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
        response.streaming_content = carried(response.streaming_content)  # type: ignore[arg-type]
    return response


class Circumstances:
    """Stands first: everything below it, errors too, runs within the context and carries the request's id."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request; one line in the log says which page, for whom, how long."""
        number = self._id(request)
        request.request_id = number  # type: ignore[attr-defined]
        channel = "api" if request.path_info.startswith("/api/") else "web"
        began = time.perf_counter()
        with acting(request_id=number, address=client_address(request) or "", channel=channel):
            response = streamed_as_now(self.get_response(request))
            match = request.resolver_match
            seconds = time.perf_counter() - began
            for watcher in _watchers:
                watcher(match.view_name if match else "", request.method or "", response.status_code, seconds)
            log.info(
                "request",
                extra={
                    "method": request.method,
                    # The route, not the path: a path may name a person or a document.
                    "route": match.view_name if match else "",
                    "status": response.status_code,
                    "ms": round(seconds * 1000, 1),
                    "user": getattr(getattr(request, "user", None), "username", "")
                    if hasattr(request, "_cached_user")
                    else "",
                },
            )
        response.headers["X-Request-ID"] = number
        # No page of ours asks for these; a script that slipped in must not either.
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    @staticmethod
    def _id(request: HttpRequest) -> str:
        """The proxy's own number where there is a proxy of ours, else a fresh one: a client could choose another's."""
        told = request.headers.get("X-Request-ID", "")
        return told if settings.TRUSTED_PROXIES and _SANE.fullmatch(told) else uuid.uuid4().hex
