"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

import re

from django.urls import reverse

_ROUND = re.compile(r"JK\d{4}-\d{2}(-\d{1,3})?")
_ORDER = re.compile(r"ZG\d{4}-\d{4,}")


def round(key: str) -> str | None:
    """The page of a round (``monitoring.round``); the key is its number."""
    return reverse("monitoring:round", args=[key]) if _ROUND.fullmatch(key) else None


def order(key: str) -> str | None:
    """The page of a rectification order (``monitoring.order``); the key is its number."""
    return reverse("monitoring:order", args=[key]) if _ORDER.fullmatch(key) else None


def suspension(key: str) -> str | None:
    """A suspension (``monitoring.suspension``) is shown on the page of its order, whose number is the key."""
    return order(key)
