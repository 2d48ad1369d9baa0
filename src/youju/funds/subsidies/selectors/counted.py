"""The declared lines that an application counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.funds.subsidies.models import CountedLine
from youju.funds.subsidies.selectors.claims import claim_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PARTS = {"window": "补贴期间", "base": "基期"}


def counted_lines(actor: User, number: str, *, part: str = "") -> QuerySet[CountedLine]:
    """The lines of an application; ``part``: ``window`` or ``base``.

    Raises:
        InputError: there is no such application that the actor may see (404).
    """
    rows = CountedLine.objects.filter(application=claim_of(actor, number))
    return rows.filter(part=part) if part in PARTS else rows
