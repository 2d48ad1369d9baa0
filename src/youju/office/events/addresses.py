"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def event(key: str) -> str | None:
    """The page of an event (``events.event``)."""
    return _page("events:event", key)


def signup(key: str) -> str | None:
    """The page of a sign-up (``events.signup``)."""
    return _page("events:signup", key)


def deal(key: str) -> str | None:
    """The page of an order won (``events.deal``)."""
    return _page("events:deal", key)


def prospect(key: str) -> str | None:
    """The page of a firm that is to be won (``events.prospect``)."""
    return _page("events:prospect", key)


def application(key: str) -> str | None:
    """The page of an AEO application (``events.application``)."""
    return _page("events:application", key)


def session(key: str) -> str | None:
    """The page of a session (``events.session``)."""
    return _page("events:session", key)


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
