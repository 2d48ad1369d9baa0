"""Where the records of this room are shown, by the keys that the trail keeps: their numbers."""

from __future__ import annotations

from django.urls import reverse


def receipt(key: str) -> str | None:
    """The page of a receipt."""
    return reverse("settlement:receipt", args=[key]) if key else None


def reservation(key: str) -> str | None:
    """The page of a reservation."""
    return reverse("settlement:reservation", args=[key]) if key else None


def ledger(key: str) -> str | None:
    """The ledger of a declaration, by its number and version."""
    return reverse("settlement:ledger", args=[key]) if key else None
