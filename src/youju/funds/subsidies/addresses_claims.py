"""Where applications, rounds and objections are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

import re

from django.urls import reverse

_NUMBER = re.compile(r"[A-Z]{2}\d{4}-\d{5,}")


def claim(key: str) -> str | None:
    """An application."""
    return _page("claims:claim", key)


def award_round(key: str) -> str | None:
    """A round of awards."""
    return _page("claims:round", key)


def objection(key: str) -> str | None:
    """An objection."""
    return _page("claims:objection", key)


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[key]) if _NUMBER.fullmatch(key) else None
