"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

_DIGITS = 18


def asset(key: str) -> str | None:
    """The card of an asset (``assets.asset``)."""
    return _page("assets:asset", key)


def move(key: str) -> str | None:
    """The page of a transfer (``assets.move``)."""
    return _page("assets:move", key)


def disposal(key: str) -> str | None:
    """The page of a disposal (``assets.disposal``)."""
    return _page("assets:disposal", key)


def stocktake(key: str) -> str | None:
    """The page of a round of counting (``assets.stocktake``)."""
    return _page("assets:stocktake", key)


def code(number: str, base: str) -> str:
    """What the label of an asset leads to; ``base`` is the host without a slash at its end."""
    return f"{base}{reverse('assets:code', args=[number])}"


def label_base(here: str = "") -> str:
    """The host that labels lead to: ``YOUJU_PUBLIC_URL``, else where we are."""
    return (settings.PUBLIC_URL or here or "http://localhost:8000").rstrip("/")


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
