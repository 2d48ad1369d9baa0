"""Where a metric and a frozen figure have their pages."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from youju.analytics.metrics import metrics


def metric(code: str) -> str | None:
    """A metric's page."""
    return reverse("metrics:metric", args=[code]) if code in metrics() else None


def lake(_pilot: str = "") -> str:
    """The page of the lake."""
    return reverse("metrics:lake")


def figure(code: str, period: str, **further: str) -> str:
    """A figure's page: the metric over a period."""
    asked = {"period": period, **{name: value for name, value in further.items() if value}}
    return f"{reverse('metrics:metric', args=[code])}?{urlencode(asked)}"
