"""Where a check is shown, by the key that the trail keeps."""

from __future__ import annotations

from django.urls import reverse

_DIGITS = 18


def check(key: str) -> str | None:
    """The page of a check (``report_checks.check``)."""
    return (
        reverse("report_checks:check", args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
    )
