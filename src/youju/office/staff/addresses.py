"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

import re

from django.urls import reverse

_DIGITS = 18


def month(key: str) -> str | None:
    """The page of a month (``staff.month``); the key is ``2023-06``."""
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", key)
    return reverse("staff:month", args=[int(found[1]), int(found[2])]) if found else None


def line(key: str) -> str | None:
    """The page of a person's month (``staff.line``)."""
    return _page("staff:line", key)


def agreement(key: str) -> str | None:
    """The page on which an agreement is changed (``staff.agreement``)."""
    return _page("staff:agreement", key)


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
