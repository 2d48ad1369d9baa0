"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def task(key: str) -> str | None:
    """The page of a task (``tasks.task``)."""
    return reverse("tasks:task", args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
