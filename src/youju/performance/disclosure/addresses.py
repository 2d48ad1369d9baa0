"""Where a release is shown, by the key that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def release(key: str) -> str | None:
    """The page of a release (``disclosure.release``)."""
    return reverse("disclosure:release", args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
