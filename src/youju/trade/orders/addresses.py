"""Where the records of this room are shown, by the keys that the trail keeps."""

from __future__ import annotations

import re

from django.urls import reverse

_NUMBER = re.compile(r"T\d{12,}")


def order(key: str) -> str | None:
    """The page of an order (``orders.order``)."""
    return reverse("orders:order", args=[key]) if _NUMBER.fullmatch(key) else None


def rate(key: str) -> str | None:  # noqa: ARG001 - one page for all months
    """The page of the customs rates (``orders.rate``)."""
    return reverse("orders:rates")
