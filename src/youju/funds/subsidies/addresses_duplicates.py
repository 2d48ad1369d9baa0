"""Where hits at duplicates are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def hit(key: str) -> str | None:
    """The page of a hit (``subsidies.duplicate``)."""
    return reverse("duplicates:hit", args=[key]) if key.isdigit() else None
