"""Where a record of this room is shown, for the trail and the workflow."""

from __future__ import annotations

from django.urls import reverse


def party(key: str) -> str | None:
    """The page of a party by its key."""
    return reverse("parties:party", args=[int(key)]) if key.isdecimal() else None
