"""What several checks share: the first day, and how a place in the facts is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue

LawOf = Mapping[str, PolicyValue]
START = date(2020, 1, 1)
"""From this day No. 221 is registered as in force."""


def says(field: str, message: str, suggestion: str) -> Finding:
    """A finding about one field of the good."""
    return Finding(message, suggestion, {"field": field})


def quoted(text: str) -> str:
    """Words of others, cut to what a message can hold."""
    longest = 60
    return text if len(text) <= longest else text[:longest] + "…"


def prefix_of(code: str, prefixes: Iterable[str]) -> str | None:
    """The longest of the prefixes with which a code begins."""
    return max((each for each in prefixes if code.startswith(each)), key=len, default=None)
