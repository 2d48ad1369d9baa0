"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def project(key: str) -> str | None:
    """The page of a project (``projects.project``); the key is its id."""
    return reverse("projects:project", args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None


def adjustment(key: str) -> str | None:
    """The page of an adjustment (``projects.adjustment``); the key is its number."""
    return reverse("projects:adjustment", args=[key]) if key else None


def batch(key: str) -> str | None:
    """The page of a batch (``projects.batch``); the key is its number."""
    return reverse("projects:batch", args=[key]) if key else None
