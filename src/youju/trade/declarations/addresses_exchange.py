"""Where the exchange's records are shown, by the keys that the trail keeps."""

from __future__ import annotations

from django.urls import reverse


def message(key: str) -> str | None:
    """The page of a message (``declarations.message``)."""
    return (
        reverse("declarations:exchange-message", args=[int(key)])
        if key.isdecimal() and len(key) <= 18
        else None
    )
