"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def tariff(key: str) -> str | None:
    """The page of a version of the tariff (``goods.tariff``)."""
    return reverse("goods:tariff-version", args=[int(key)]) if key.isdigit() else None


def good(key: str) -> str | None:
    """The page of a good (``goods.good``)."""
    return reverse("goods:good", args=[int(key)]) if key.isdigit() else None


def campaign(key: str) -> str | None:
    """The page of a re-recognition or a trial (``goods.campaign``)."""
    return reverse("goods:campaign", args=[int(key)]) if key.isdigit() else None
