"""What this room has of a record of the rooms below it."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from youju.trade.settlement import addresses
from youju.trade.settlement.models import Lot


def of_declaration(key: str, words: Mapping[str, str]) -> str | None:
    """The ledger of a declaration (its number and version), where release has opened one."""
    del words
    number, _, version = key.rpartition("-")
    opened = version.isdecimal() and Lot.objects.filter(number=number, version=int(version)).exists()
    return addresses.ledger(key) if opened else None


def of_party(key: str, words: Mapping[str, str]) -> str | None:
    """The ledger's lines of a merchant."""
    del key
    if not words.get("number") or "merchant" not in words.get("roles", ""):
        return None
    return f"{reverse('settlement:lots')}?{urlencode({'text': words['name']})}"
