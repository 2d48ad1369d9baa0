"""What every page's template needs besides its own context."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from youju.foundation.shell.language import languages_of
from youju.foundation.shell.navigation import sections_for

Helps = Callable[[str, Iterable[str]], str]
_helps: list[Helps] = []


def register_help(address: Helps) -> None:
    """Where a page is explained, from its name and the reader's roles; the room that keeps the manual says so at the start."""
    _helps[:] = [address]


def shell(request: HttpRequest) -> dict[str, Any]:
    """``shell_nav`` (sections), ``shell_demo`` (bool), ``shell_languages`` (codes that this page speaks), ``shell_help``
    (the address of the manual's part about this page).
    """
    return {
        "shell_nav": SimpleLazyObject(lambda: sections_for(request)),
        "shell_demo": getattr(settings, "DEMO_MODE", False),
        "shell_languages": languages_of(request),
        "shell_help": SimpleLazyObject(lambda: _help_of(request)),
    }


def _help_of(request: HttpRequest) -> str:
    match = request.resolver_match
    if not _helps or match is None:
        return ""
    return _helps[0](match.view_name, getattr(request.user, "roles", ()))
