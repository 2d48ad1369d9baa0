"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def declaration(key: str) -> str | None:
    """The page of a declaration (``declarations.declaration``): its number and version, ``D230601000001-1``."""
    return reverse("declarations:declaration", args=[key]) if key else None


def plan(key: str) -> str | None:
    """The page of a plan (``declarations.plan``)."""
    return reverse("declarations:plan", args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None
