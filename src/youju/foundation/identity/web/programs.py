"""A program with an API key takes a short way to its endpoint: sessions, cookies, languages and pages are no concern of it.

Half of the work of the chain of middlewares, and a tenth of that of registering an order, goes into finding that a program has
none of these. What guards everybody stays: the allowed hosts, the size of a body, the security headers as their own middlewares
write them, the guard of the endpoint itself. Whatever is not plainly such a request goes the long way; a test compares answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.urls import Resolver404, ResolverMatch, get_resolver
from django.utils import translation
from django.utils.cache import patch_vary_headers

from youju.foundation.identity.web.gate import is_api
from youju.foundation.identity.web.limiter import bearer
from youju.foundation.shell.middleware import InputErrors

Next = Callable[[HttpRequest], HttpResponseBase]


class Programs:
    """Stands behind the circumstances of a request and before all that is for people."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self._errors = InputErrors(get_response)
        self._guards: list[Any] = [each(cast("Any", get_response)) for each in _HEADERS]
        self._headers: dict[bool, dict[str, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        match = _endpoint(request)
        if match is None:
            return self.get_response(request)
        request.resolver_match = match
        request.user = AnonymousUser()  # until its key is looked at
        language = settings.LANGUAGE_CODE
        cast("Any", request).LANGUAGE_CODE = language
        if translation.get_language() != language:
            translation.activate(language)
        try:
            response = cast("HttpResponseBase", match.func(request, *match.args, **match.kwargs))
        except Exception as error:
            response = self._errors.process_exception(request, error) or response_for_exception(
                request, error
            )
        return self._dressed(request, response)

    def _dressed(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        headers = response.headers
        for name, value in self._always(request).items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Language", settings.LANGUAGE_CODE)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        if isinstance(response, HttpResponse) and "Content-Length" not in headers:
            headers["Content-Length"] = str(len(response.content))
        return response

    def _always(self, request: HttpRequest) -> dict[str, str]:
        """What the middlewares of security write on an answer that says nothing itself; it differs only by https."""
        secure = request.is_secure()
        if secure not in self._headers:
            bare: HttpResponseBase = HttpResponse()
            del bare.headers["Content-Type"]
            for each in self._guards:
                bare = each.process_response(request, bare)
            self._headers[secure] = dict(bare.headers.items())
        return self._headers[secure]


_HEADERS = (SecurityMiddleware, XFrameOptionsMiddleware, CSPMiddleware)


def _endpoint(request: HttpRequest) -> ResolverMatch | None:
    """The endpoint that a program with a key asks for; ``None`` for whatever else it may be."""
    if not is_api(request) or "HTTP_COOKIE" in request.META or not bearer(request):
        return None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if settings.SECURE_SSL_REDIRECT or (length.isdigit() and int(length) > settings.MAX_REQUEST_BYTES):
        return None
    try:
        request.get_host()
        match = _found(request.path_info)
    except (DisallowedHost, Resolver404):
        return None
    return match if match.app_names[:1] == ["ninja"] else None


_plain: dict[str, ResolverMatch] = {}
"""Endpoints whose address names no record, by their address: as many as there are such routes, found once."""


def _found(path: str) -> ResolverMatch:
    match = _plain.get(path)
    if match is None:
        match = get_resolver().resolve(path)
        if not match.kwargs and not match.args:
            _plain[path] = match
    return match
