"""Months as their first days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date


def first_of(day: date) -> date:
    """The first day of the day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from that of ``first`` to that of ``last``, both included."""
    month = first_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def awaited_on(month: date, day_of_next: int) -> date:
    """The last day on which a month is imported in time: a day of the month after."""
    return next_month(month).replace(day=day_of_next)


def named(month: date) -> str:
    """As people write it: ``2023-06``."""
    return f"{month:%Y-%m}"
