"""What this room has of a record of the rooms below it."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode


def of_declaration(key: str, words: Mapping[str, str]) -> str | None:
    """The released lines of a declaration beside their filings, receipts and invoices."""
    if not words.get("released"):
        return None
    return f"{reverse('exemptions:board')}?{urlencode({'text': key.rpartition('-')[0]})}#lines"


def of_party(key: str, words: Mapping[str, str]) -> str | None:
    """The filings of a merchant."""
    del key
    if not words.get("number") or "merchant" not in words.get("roles", ""):
        return None
    return f"{reverse('exemptions:filings')}?{urlencode({'text': words['name']})}"
