"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

import re

from django.urls import reverse

_MONTH = re.compile(r"\d{4}-\d{2}")


def alert(key: str) -> str | None:
    """The page of an alert (``statistics.alert``)."""
    return reverse("statistics:alert", args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None


def bulletin(key: str) -> str | None:
    """The page of a month's bulletin (``statistics.bulletin``)."""
    return reverse("statistics:bulletin", args=[key]) if _MONTH.fullmatch(key) else None


def districts(key: str) -> str | None:  # noqa: ARG001 - one page for all
    """The page of district statistics (``statistics.district``)."""
    return reverse("statistics:districts")


def cut(key: str) -> str | None:  # noqa: ARG001 - what was exported stands in the entry
    """The dashboard (``statistics.cut``)."""
    return reverse("statistics:overview")
