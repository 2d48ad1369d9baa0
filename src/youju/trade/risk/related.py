"""What this room has of a record of the rooms below it."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.http import urlencode

from youju.trade.risk.models import Hit


def of_order(key: str, words: Mapping[str, str]) -> str | None:
    """The hits whose evidence names an order."""
    del words
    return _hits("order", key)


def of_declaration(key: str, words: Mapping[str, str]) -> str | None:
    """The hits whose evidence names a declaration, in whichever version."""
    del words
    return _hits("declaration", key.rpartition("-")[0])


def of_packing(key: str, words: Mapping[str, str]) -> str | None:
    """The hits whose evidence names a packing."""
    del words
    return _hits("packing", key)


def of_party(key: str, words: Mapping[str, str]) -> str | None:
    """The graph of who is connected with a party."""
    del key
    return reverse("risk:graph", args=[words["number"]]) if words.get("number") else None


def _hits(kind: str, number: str) -> str | None:
    if not Hit.objects.filter(places__contains=[f"{kind}:{number}"[:60]]).exists():
        return None
    return f"{reverse('risk:hits')}?{urlencode({'place': number})}"
