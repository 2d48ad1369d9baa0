"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse


def agreement(key: str) -> str | None:
    """The page of an agreement (``parties.agreement``)."""
    return _page("parties:agreement", key)


def party(key: str) -> str | None:
    """The page of a party by its key."""
    return _page("parties:party", key)


def change(key: str) -> str | None:
    """A change request."""
    return _page("parties:change", key)


def merge(key: str) -> str | None:
    """A merge."""
    return _page("parties:merge-one", key)


def market(key: str) -> str | None:
    """A market with its map."""
    return _page("parties:market", key)


def stall(key: str) -> str | None:
    """A stall with who held it."""
    return _page("parties:stall", key)


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() else None
