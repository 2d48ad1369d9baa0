"""The tabs of a room's pages: each user sees those that the user's permissions open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from youju.foundation.shell.navigation import allowed


class Tab(NamedTuple):
    """One tab as drawn on one page."""

    label: str
    url: str
    current: bool


def tabs_of(
    request: HttpRequest, tabs: Iterable[tuple[str, ...]], *, least: int = 1, home: str = ""
) -> list[Tab]:
    """The tabs that the user may open, the present one marked: the one with the longest address that this page lies under.

    Args:
        request: of the page that shows them.
        tabs: label, name of the page, permission (an empty one is held by everybody), then the arguments of the address.
        least: fewer are none.
        home: the name of the tab that the page belongs to, where its address lies under none or under another.
    """
    shown = [
        (label, reverse(name, args=arguments))
        for label, name, permission, *arguments in tabs
        if allowed(request.user, permission)
    ]
    path = reverse(home) if home else request.path
    here = max((url for _, url in shown if path.startswith(url)), key=len, default="")
    return [Tab(label, url, url == here) for label, url in shown] if len(shown) >= least else []
