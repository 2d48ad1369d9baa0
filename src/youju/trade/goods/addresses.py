"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse


def good(key: str) -> str | None:
    """What was decided of a good (``goods.good``), whose key is its number."""
    return reverse("goods:good-decision", args=[key]) if key else None


def campaign(key: str) -> str | None:
    """The page of a re-recognition or a trial (``goods.campaign``)."""
    return reverse("goods:campaign", args=[int(key)]) if key.isdigit() else None
