"""For the rooms above: what of a party's hits turned out to be true, and what is still open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from youju.rules.trade.risk.judging import titles
from youju.rules.trade.risk.lifecycle import CONFIRMED, OPEN, SETTLED
from youju.trade.risk.models import Hit


@dataclass(frozen=True, slots=True)
class ConfirmedHit:
    """A hit that stands as true (``genuine`` or ``referred``) and is not under appeal. ``day``: of the business."""

    id: int
    party_id: int
    rule: str
    title: str
    day: date
    points: int
    conclusion: str
    disposed_at: datetime | None
    message: str


def confirmed_hits(party: int, since: date, until: date) -> list[ConfirmedHit]:
    """A party's confirmed hits whose business day lies in ``[since, until)``, oldest first, in reach. One query."""
    return _shown(_confirmed(since, until).filter(party_id=party))


def confirmed_hits_of(
    parties: Iterable[int] | None, since: date, until: date
) -> dict[int, list[ConfirmedHit]]:
    """The same for many parties at once (``None``: for all); parties without any are left out. One query."""
    rows = _confirmed(since, until).filter(party__isnull=False)
    if parties is not None:
        rows = rows.filter(party_id__in=list(parties))
    found: dict[int, list[ConfirmedHit]] = {}
    for each in _shown(rows):
        found.setdefault(each.party_id, []).append(each)
    return found


def settled_between(party: int, since: datetime, until: datetime) -> list[ConfirmedHit]:
    """A party's confirmed hits that were disposed of in ``[since, until)``. One query."""
    rows = Hit.objects.filter(
        party_id=party,
        state__in=SETTLED,
        conclusion__in=CONFIRMED,
        disposed_at__gte=since,
        disposed_at__lt=until,
    )
    return _shown(rows)


def open_hits(parties: Iterable[int]) -> dict[int, int]:
    """Party → how many hits still wait for somebody; parties without any are left out. One query."""
    rows = Hit.objects.filter(party_id__in=list(parties), state__in=OPEN).order_by()
    return dict(rows.values_list("party_id").annotate(count=Count("pk")))


def _confirmed(since: date, until: date) -> QuerySet[Hit]:
    return Hit.objects.filter(state__in=SETTLED, conclusion__in=CONFIRMED, day__gte=since, day__lt=until)


def _shown(rows: QuerySet[Hit]) -> list[ConfirmedHit]:
    named = titles()
    return [
        ConfirmedHit(
            row.pk, row.party_id or 0, row.rule, named.get(row.rule, row.rule), row.day, row.points, row.conclusion,
            row.disposed_at, row.message,
        )
        for row in rows.only(
            "rule", "party_id", "day", "points", "conclusion", "disposed_at", "message"
        ).order_by("day", "pk")
    ]  # fmt: skip
