"""Where a record of this room is shown, for the trail, the workflow and links between pages."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


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
    if not key.isdecimal():
        return None
    try:
        return reverse(name, args=[int(key)])
    except NoReverseMatch:  # a page that another stage of this room brings
        return None
