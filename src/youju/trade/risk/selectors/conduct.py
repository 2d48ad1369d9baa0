"""What this room tells of the conduct of parties: hits that were looked into and turned out to be true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from youju.foundation.kernel.conduct import ConductRecord
from youju.trade.risk import addresses
from youju.trade.risk.selectors.confirmed import confirmed_hits_of

CONFIRMED = "risk.confirmed"
KINDS = frozenset((CONFIRMED,))
_BEGIN = date(2000, 1, 1)


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    """One query. A hit counts from the day on which it was confirmed, whenever what it found was done."""
    for party, hits in confirmed_hits_of(parties, _BEGIN, until + timedelta(days=1)).items():
        for hit in hits:
            day = max(hit.day, timezone.localdate(hit.disposed_at)) if hit.disposed_at else hit.day
            if since <= day <= until:
                url = addresses.hit(str(hit.id)) or ""
                yield ConductRecord(
                    party,
                    day,
                    CONFIRMED,
                    str(hit.id),
                    hit.rule,
                    url,
                    outcome=f"{hit.title}：{hit.message}"[:300],
                )
