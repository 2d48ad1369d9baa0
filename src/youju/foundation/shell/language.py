"""One page, one language: a page is shown in English only when all of it speaks English.

Chinese is the source language. A view that has a complete English face is marked with :func:`speaks_english`; on
every other page the visitor's wish is kept for later and the page stands in Chinese, never half and half.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def speaks_english(view: View) -> View:
    """Mark a view whose page is complete in English; the language switch appears on it."""
    cast(Any, view).speaks = ("zh-hans", "en")
    return view


def languages_of(request: HttpRequest) -> tuple[str, ...]:
    """The languages that the page asked for speaks; Chinese alone unless its view says more."""
    match = request.resolver_match
    spoken: tuple[str, ...] = getattr(match.func, "speaks", ()) if match else ()
    return spoken or (settings.LANGUAGE_CODE,)


class LanguageMiddleware:
    """Stands right behind Django's LocaleMiddleware, which reads the wish; keeps it where the page speaks it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        cast(Any, request).wished_language = translation.get_language()
        translation.activate(settings.LANGUAGE_CODE)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Switch to the wished language if the view that answers speaks it."""
        wish = getattr(request, "wished_language", None)
        if wish in languages_of(request):
            translation.activate(wish)
            cast(Any, request).LANGUAGE_CODE = wish
        else:
            cast(Any, request).LANGUAGE_CODE = settings.LANGUAGE_CODE
