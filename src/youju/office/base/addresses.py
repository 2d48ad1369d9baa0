"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

_DIGITS = 18


def record(register: str, key: str) -> str | None:
    """The page of a record."""
    return (
        reverse("base:record", args=[register, int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
    )


def of(register: str) -> Callable[[str], str | None]:
    """For a register: key → page."""
    return lambda key: record(register, key)
