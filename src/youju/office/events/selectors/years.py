"""A year of events: as a calendar, and in figures by month and country."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.office.events import permissions
from youju.office.events.models import Deal, Event, Prospect, Signup
from youju.office.events.selectors.lists import EventFilter, events_of
from youju.rules.office.events.lifecycle import APPROVED, CANCELLED, OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MONTHS = 12
SHOWN = 20
"""Events of a month that the calendar names; more are counted."""
MOST_COUNTRIES = 10
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in the calendar."""

    event: Event
    late: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar: the first events that begin in it, and how many there are."""

    first: date
    entries: tuple[Entry, ...]
    total: int
    now: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """A year of twelve months."""

    year: int
    months: tuple[Month, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Figures:
    """A year in figures; lists of twelve by month, groups by country code; money in CNY."""

    year: int
    events: int
    participants: tuple[int, ...]
    won: tuple[Decimal, ...]
    won_by_country: tuple[tuple[str, Decimal, int], ...]
    participants_by_country: tuple[tuple[str, int], ...]
    stages: dict[str, int]

    @property
    def participants_total(self) -> int:
        """Of the year."""
        return sum(self.participants)

    @property
    def won_total(self) -> Decimal:
        """Of the year."""
        return sum(self.won, _NOTHING)


def calendar_of(actor: User, year: int, wish: EventFilter) -> Calendar:
    """The events of a year by the month in which they begin, cancelled ones left out. One query.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    today = timezone.localdate()
    rows = events_of(actor, wish).filter(starts_on__gte=date(year, 1, 1), starts_on__lte=date(year, 12, 31))
    by_month: dict[int, list[Entry]] = defaultdict(list)
    counts: Counter[int] = Counter()
    for row in rows.exclude(state=CANCELLED).order_by("starts_on", "pk").iterator(chunk_size=2_000):
        month = row.starts_on.month
        counts[month] += 1
        if counts[month] <= SHOWN:
            by_month[month].append(Entry(row, row.state in OPEN and row.ends_on < today))
    months = tuple(
        Month(
            date(year, month, 1),
            tuple(by_month[month]),
            counts[month],
            (today.year, today.month) == (year, month),
        )
        for month in range(1, MONTHS + 1)
    )
    return Calendar(year, months, sum(counts.values()))


def figures_of(actor: User, year: int) -> Figures:
    """Participants by the month of the event, orders won by their own month and the buyer's country. Six queries.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    held = Event.objects.filter(starts_on__year=year).exclude(state=CANCELLED)
    took = Signup.objects.filter(state=APPROVED, event__in=held)
    by_month = dict(took.order_by().values_list(ExtractMonth("event__starts_on")).annotate(n=Count("pk")))
    where = took.order_by().values_list("event__country").annotate(n=Count("pk"))
    won = Deal.objects.filter(state="confirmed", won_on__year=year).exclude(event__state=CANCELLED)
    amounts = dict(won.order_by().values_list(ExtractMonth("won_on")).annotate(n=Sum("amount")))
    buyers = won.order_by().values_list("country").annotate(n=Sum("amount"), c=Count("pk")).order_by("-n")
    return Figures(
        year=year,
        events=held.count(),
        participants=tuple(by_month.get(month, 0) for month in range(1, MONTHS + 1)),
        won=tuple(amounts.get(month, _NOTHING) for month in range(1, MONTHS + 1)),
        won_by_country=tuple(buyers[:MOST_COUNTRIES]),
        participants_by_country=tuple(sorted(where, key=lambda pair: (-pair[1], pair[0]))),
        stages=dict(
            Prospect.objects.filter(event__in=held).order_by().values_list("stage").annotate(n=Count("pk"))
        ),
    )


def years_with_events(actor: User) -> list[int]:
    """The years in which some event begins, the latest first; this year where there is none.

    Raises:
        PermissionDenied: the actor sees no events.
    """
    require(actor, permissions.VIEW)
    first = Event.objects.order_by("starts_on").values_list("starts_on", flat=True).first()
    last = Event.objects.order_by("-starts_on").values_list("starts_on", flat=True).first()
    today = timezone.localdate()
    years = range(min(first or today, today).year, max(last or today, today).year + 1)
    return sorted(years, reverse=True)
