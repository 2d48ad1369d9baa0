"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

import re

from django.urls import reverse

_NUMBER = re.compile(r"[A-Z]{2}\d{4}-\d{4,}")
_DIGITS = 18


def plan(key: str) -> str | None:
    """The page of a plan (``internal_audits.plan``); the key is its year."""
    return reverse("internal_audits:plan", args=[int(key)]) if key.isdecimal() and len(key) == 4 else None


def engagement(key: str) -> str | None:
    """The page of an engagement (``internal_audits.engagement``)."""
    return _page("internal_audits:engagement", key)


def sample(key: str) -> str | None:
    """The page of a sample (``internal_audits.sample``)."""
    return _page("internal_audits:sample", key)


def item(key: str) -> str | None:
    """The working paper of a sampled item (``internal_audits.item``)."""
    return _page("internal_audits:item", key)


def finding(key: str) -> str | None:
    """The page of a finding (``internal_audits.finding``); the key is its number."""
    return reverse("internal_audits:finding", args=[key]) if _NUMBER.fullmatch(key) else None


def _page(name: str, key: str) -> str | None:
    return reverse(name, args=[int(key)]) if key.isdecimal() and len(key) <= _DIGITS else None
