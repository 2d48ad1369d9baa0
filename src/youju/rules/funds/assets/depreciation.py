"""Depreciation by the straight line, to the cent: from the month of acquisition on, the last month takes the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
_YEAR = 12


@dataclass(frozen=True, slots=True)
class MonthCharge:
    """What one month takes, CNY; ``month`` is its first day, ``accumulated`` what is written off at its end."""

    month: date
    amount: Decimal
    accumulated: Decimal


def first_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def month_after(month: date, count: int = 1) -> date:
    """The first day of the month ``count`` months later; earlier where it is negative."""
    months = month.year * _YEAR + month.month - 1 + count
    return date(months // _YEAR, months % _YEAR + 1, 1)


def months_between(first: date, last: date) -> int:
    """How many months from the month of one day to that of another: 0 within one month."""
    return (last.year - first.year) * _YEAR + last.month - first.month


def monthly(cost: Decimal, months: int) -> Decimal:
    """What each month but the last takes: cost by months of life, half up to the cent; nothing without a life."""
    return (cost / months).quantize(CENT, ROUND_HALF_UP) if months else Decimal("0.00")


def accumulated(cost: Decimal, months: int, acquired_on: date, month: date) -> Decimal:
    """What is written off by the end of a month.

    Args:
        cost: in CNY, to the cent.
        months: of useful life; 0: nothing is ever written off.
        acquired_on: depreciation begins in its month.
        month: any day of the month.
    """
    done = months_between(acquired_on, month) + 1
    if months == 0 or done <= 0:
        return Decimal("0.00")
    if done >= months:
        return cost
    return min(cost, monthly(cost, months) * done)


def charges(
    cost: Decimal, months: int, acquired_on: date, *, since: date | None = None, until: date
) -> Iterator[MonthCharge]:
    """The months from ``since`` (or the first) to ``until``, both included, each with what it takes.

    A month after the end of life is not among them; one in which rounding left nothing is, with nothing.
    """
    first = first_of(acquired_on)
    last = min(first_of(until), month_after(first, months - 1))
    month = max(first, first_of(since)) if since else first
    before = accumulated(cost, months, acquired_on, month_after(month, -1))
    while months and month <= last:
        after = accumulated(cost, months, acquired_on, month)
        yield MonthCharge(month, after - before, after)
        month, before = month_after(month), after


def life_ends(acquired_on: date, months: int) -> date | None:
    """The first day of the month after the last that is charged; ``None`` without a life."""
    return month_after(first_of(acquired_on), months) if months else None
