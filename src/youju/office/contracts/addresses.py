"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def contract(key: str) -> str | None:
    """The page of a contract (``contracts.contract``)."""
    return _page("contracts:contract", key)


def deliverable(key: str) -> str | None:
    """The page of a deliverable (``contracts.deliverable``)."""
    return _page("contracts:deliverable", key)


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
