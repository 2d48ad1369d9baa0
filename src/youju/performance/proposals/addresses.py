"""Where the records of this room are shown, by the keys that the trail and the workflow keep."""

from __future__ import annotations

import re

from django.urls import reverse

_PROPOSAL = re.compile(r"JY\d{4}(-\d{1,3})?")
_AUDIT = re.compile(r"SH\d{4}-\d{1,4}")


def proposal(key: str) -> str | None:
    """The page of a proposal (``proposals.proposal``); the key is its number."""
    return reverse("proposals:proposal", args=[key]) if _PROPOSAL.fullmatch(key) else None


def audit(key: str) -> str | None:
    """The page of an audit (``proposals.audit``); the key is its number."""
    return reverse("proposals:audit", args=[key]) if _AUDIT.fullmatch(key) else None
