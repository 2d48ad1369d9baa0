"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse


def agreement(key: str) -> str | None:
    """The page of an agreement (``parties.agreement``)."""
    return reverse("parties:agreement", args=[int(key)]) if key.isdigit() else None


def party(key: str) -> str | None:
    """The page of a party by its key."""
    return reverse("parties:party", args=[int(key)]) if key.isdecimal() else None
