"""Pages that are kept in memory for one user as long as nothing has been written.

Every service writes its entry to the audit trail in its own transaction, so the trail's heads tell whether anything a page
shows can have changed: same heads, same page. A page is kept for one user, language and day. Only views whose whole content
comes from audited records may carry the mark; what else may change without an entry (progress of jobs, one's own sessions,
unsaved drafts) has no place on them.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone, translation

from youju.foundation.audit.selectors import trail_stamp

View = Callable[..., HttpResponseBase]

# The two places where a page names its token: the head of the page and the hidden field of a form.
_TOKEN = re.compile(rb'(?:name="csrf-token" content|name="csrfmiddlewaretoken" value)="([A-Za-z0-9]{64})"')
_HEADERS = ("Content-Type", "Vary")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class _Page:
    """A page without its tokens: between two parts stands one. ``stamp`` is what the trail said before it was made."""

    stamp: str
    parts: tuple[bytes, ...]
    headers: tuple[tuple[str, str], ...]
    size: int


class _Shelf:
    """Pages by key, the least used thrown out first, within a number of bytes; for all threads of a process."""

    def __init__(self) -> None:
        self._making: dict[Any, threading.Lock] = {}
        self._pages: OrderedDict[Any, _Page] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def find(self, key: Any, stamp: str) -> _Page | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.stamp != stamp:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Any, page: _Page, most: int) -> None:
        with self._lock:
            old = self._pages.pop(key, None)
            self._size += page.size - (old.size if old else 0)
            self._pages[key] = page
            while self._size > most:
                _, gone = self._pages.popitem(last=False)
                self._size -= gone.size

    @contextmanager
    def making(self, key: Any) -> Iterator[None]:
        """One thread makes a page; others that want the same wait for it instead of making it as well."""
        with self._lock:
            mine = self._making.setdefault(key, threading.Lock())
        try:
            with mine:
                yield
        finally:
            with self._lock:
                if self._making.get(key) is mine and not mine.locked():
                    del self._making[key]

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0


SHELF = _Shelf()


def kept(*, also: Callable[[], Any] = str) -> Callable[[View], View]:
    """Keep what a view shows until something is written. Stands below the guard: who may is asked every time.

    Args:
        also: what else the page depends on and the trail does not tell; asked each time, so it must be cheap.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def keeping(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            most = settings.KEPT_PAGES_BYTES
            if not most or request.method != "GET" or _has_messages(request):
                return view(request, *args, **kwargs)
            # Read before the page is made: what is written meanwhile makes the page too new for its stamp, never too old.
            # A session has brought it along: it was read by the statement that told who asks.
            brought = getattr(request, "trail_stamp", None)
            key, stamp = _key(request), f"{trail_stamp() if brought is None else brought} {also()}"
            page = SHELF.find(key, stamp)
            if page is None:
                with SHELF.making(key):
                    page = SHELF.find(key, stamp)
                    if page is None:
                        return _made(request, key, stamp, most, view(request, *args, **kwargs))
            return _served(request, page)

        return keeping

    return decorate


def _made(
    request: HttpRequest, key: Any, stamp: str, most: int, response: HttpResponseBase
) -> HttpResponseBase:
    if _may_be_kept(request, response):
        page = _page(stamp, response)
        if page.size <= min(_LARGEST, most):
            SHELF.put(key, page, most)
    return response


def _key(request: HttpRequest) -> tuple[Any, ...]:
    user: Any = request.user
    return (
        request.get_full_path(),
        user.pk,
        tuple(user.roles) if user.is_authenticated else (),
        translation.get_language(),
        timezone.localdate(),
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Target", ""),
        request.headers.get("HX-Boosted", ""),
        request.get_host(),
        request.is_secure(),
    )


def _has_messages(request: HttpRequest) -> bool:
    """Whether a sentence waits to be shown: it is shown once."""
    return "messages" in request.COOKIES or "_messages" in request.session


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    told: Any = getattr(request, "_messages", None)
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and response.get("Content-Type", "").startswith("text/html")
        and "Content-Disposition" not in response
        and not (told is not None and told.added_new)
    )


def _page(stamp: str, response: HttpResponseBase) -> _Page:
    body: bytes = response.content  # type: ignore[attr-defined]
    tokens = set(_TOKEN.findall(body))
    parts = tuple(re.split(b"|".join(map(re.escape, tokens)), body)) if tokens else (body,)
    headers = tuple(
        (name, value) for name, value in response.items() if name in _HEADERS or name.startswith("HX-")
    )
    return _Page(stamp, parts, headers, len(body))


def _served(request: HttpRequest, page: _Page) -> HttpResponse:
    # A fresh token each time: none is ever sent twice, and its cookie is renewed as if the page had been made now.
    token = get_token(request).encode() if len(page.parts) > 1 else b""
    response = HttpResponse(token.join(page.parts))
    for name, value in page.headers:
        response[name] = value
    return response
