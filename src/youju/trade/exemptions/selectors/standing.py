"""For the rooms above (credit, risk, subsidies): who filed in time, who did not, what is in no filing. In the asker's reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.trade.exemptions.differences import tax_at_stake
from youju.rules.trade.exemptions.lifecycle import ACCEPTED, FILED, OPEN, REPLACED, TAXABLE
from youju.rules.trade.exemptions.periods import month_of, next_month
from youju.trade.exemptions.models import ExportLine, Filing, FilingLine
from youju.trade.exemptions.selectors.lists import late_on


@dataclass(frozen=True, slots=True)
class LateFiling:
    """A first filing that was late or missed. Amount in CNY; ``filed_on`` is ``None`` while nobody has filed it."""

    id: int
    number: str
    month: date
    due_on: date
    filed_on: date | None
    state: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class UnfiledLine:
    """Released goods for whose month the filing day may have passed and that stand in no filing told to the tax office."""

    line: int
    declaration: str
    order_number: str
    consignor_id: int
    filer_id: int
    released_on: date
    amount_cny: Decimal


@dataclass(frozen=True, slots=True)
class OnTime:
    """A filer's filings whose day lies in a window: all, and those filed in time."""

    due: int
    on_time: int


def late_filings(party: int, window: tuple[date, date], *, as_of: date | None = None) -> list[LateFiling]:
    """Filings of a party as the filer, due on the days of a window (both included), that were filed late or not at all.

    A correction counts with the filing that it corrects. One query.

    Args:
        party: id of the filer.
        window: first and last day.
        as_of: the day of looking; the window's last one unless said.
    """
    since, until = window
    day = as_of or until
    rows = Filing.objects.filter(filer=party, period_due__range=(since, until)).exclude(state=REPLACED)
    missed = Q(on_time=False) | Q(state=TAXABLE) | Q(on_time=None, state__in=OPEN, period_due__lt=day)
    return [
        LateFiling(row.pk, str(row), row.month, row.period_due, row.filed_on, row.state, row.amount_cny)
        for row in rows.filter(missed).order_by("period_due", "pk")
    ]


def unfiled_lines(as_of: date, *, parties: Iterable[int] = ()) -> QuerySet[ExportLine]:
    """Lines released before the month of a day that are in no filing told to the tax office; ``parties``: only these filers'.

    A query: ``count()`` it, or make facts of some with :func:`as_unfiled`.
    """
    told = FilingLine.objects.filter(
        source_id=OuterRef("line"), live=True, filing__state__in=(FILED, ACCEPTED)
    )
    rows = ExportLine.objects.filter(released_on__lt=month_of(as_of)).exclude(Exists(told))
    wanted = list(parties)
    return rows.filter(filer__in=wanted) if wanted else rows


def as_unfiled(row: ExportLine) -> UnfiledLine:
    """An unfiled line as frozen facts."""
    return UnfiledLine(
        row.line, row.declaration, row.order_number, row.merchant, row.filer, row.released_on, row.value_cny
    )


def filed_on_time_counts(since: date, until: date) -> dict[int, OnTime]:
    """Filer → its filings due on the days from ``since`` to ``until``, and how many of them were filed in time. One query."""
    rows = Filing.objects.filter(period_due__range=(since, until)).exclude(state=REPLACED).order_by()
    counted = rows.values("filer").annotate(due=Count("pk"), good=Count("pk", filter=Q(on_time=True)))
    return {each["filer"]: OnTime(each["due"], each["good"]) for each in counted}


def exempted_lines(sources: Iterable[int]) -> dict[int, bool]:
    """Source line of a declaration → whether its exemption was filed (told to the tax office). One query."""
    wanted = set(sources)
    told = set(
        FilingLine.objects.filter(
            source__in=wanted, live=True, filing__state__in=(FILED, ACCEPTED)
        ).values_list("source_id", flat=True)
    )
    return {each: each in told for each in wanted}


def unfiled_between(first: date, end: date) -> QuerySet[ExportLine]:
    """Lines released from a day up to another, that one not included, that stand in no filing at all."""
    filed = FilingLine.objects.filter(source_id=OuterRef("line"), live=True)
    return ExportLine.objects.filter(released_on__gte=first, released_on__lt=end).exclude(Exists(filed))


def last_month(today: date) -> date:
    """First day of the month that is to be filed now."""
    return next_month(month_of(today), -1)


@dataclass(frozen=True, slots=True)
class Missed:
    """A filing that nobody filed in time: who should have, and the tax that the example rate makes of it (CNY)."""

    number: str
    month: date
    filer: str
    consignor: str
    due_on: date
    amount: Decimal
    stake: Decimal


def missed_now() -> list[Missed]:
    """Taxable filings and open ones past their day, by that day. One query."""
    today = timezone.localdate()
    law = law_on(today)
    return [
        Missed(
            str(row),
            row.month,
            row.filer_name,
            row.consignor_name,
            row.due_on,
            row.amount_cny,
            tax_at_stake(row.amount_cny, law),
        )
        for row in Filing.objects.filter(late_on(today)).order_by("due_on", "pk")
    ]
