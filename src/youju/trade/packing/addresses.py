"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def consolidation(key: str) -> str | None:
    """The page of a consolidation (``packing.consolidation``)."""
    return reverse("packing:consolidation", args=[key]) if key else None


def packing(key: str) -> str | None:
    """The page of a packing (``packing.packing``)."""
    return reverse("packing:packing", args=[key]) if key else None
