"""The demo as tests make it: small, as of one fixed day."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from youju.trade.parties.demo.planning import Plan

SMALL_YEAR = "0.01"
"""``YOUJU_DEMO_SCALE`` of products that tests start: every stage and everything planted, and a dozen batches."""
TODAY = date(2026, 11, 25)
SMALL = Plan(TODAY, scale=0.1)
WHOLE = Plan(TODAY)


def digest(things: Iterable[object]) -> str:
    """One hash over everything that things say of themselves."""
    found = hashlib.sha256()
    for thing in things:
        found.update(repr(thing).encode())
    return found.hexdigest()
