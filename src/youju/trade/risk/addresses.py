"""Where the records of this room, and those that its evidence names, are shown."""

from __future__ import annotations

import re

from django.urls import reverse

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def hit(key: str) -> str | None:
    """The page of a hit (``risk.hit``)."""
    return reverse("risk:hit", args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None


def scan(key: str) -> str | None:  # noqa: ARG001 - one page for all
    """The list of scans (``risk.scan``)."""
    return reverse("risk:scans")


def draw(key: str) -> str | None:
    """The page of a day's draw (``risk.draw``)."""
    return reverse("risk:draw", args=[key]) if _DAY.fullmatch(key) else None


def peers(key: str) -> str | None:  # noqa: ARG001 - the newest is shown first
    """Peers' statistics (``risk.peers``)."""
    return reverse("risk:peers")


def lanes(key: str) -> str | None:  # noqa: ARG001 - one list for all
    """The lanes (``risk.lane``)."""
    return reverse("risk:lanes")


def trial(key: str) -> str | None:
    """The page of a trial (``risk.trial``)."""
    return reverse("risk:trial", args=[int(key)]) if key.isdecimal() and len(key) <= 18 else None
