"""Where the records of this room are shown."""

from __future__ import annotations

from django.urls import reverse

from youju.foundation.metrics import addresses as metrics


def row(year: int, project: str, number: int) -> str:
    """The page of an indicator row."""
    return reverse("measures:row", args=[year, project, number])


def figure(code: str, period: str, parameters: dict[str, str]) -> str:
    """The formula and the rows behind a metric's value."""
    return metrics.figure(code, period, **parameters)
