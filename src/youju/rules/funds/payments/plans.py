"""The cumulative plan of a project on a day, and progress in proportion to time (序时进度)."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

MONTHS = len(calendar.month_name) - 1


def end_of(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_passed(year: int, day: date) -> int:
    """How many months of the year are over at the end of the day: 0 to 12."""
    if day.year != year:
        return 0 if day.year < year else MONTHS
    return day.month if day == end_of(year, day.month) else day.month - 1


def by_time(year: int, day: date) -> Decimal:
    """Progress in proportion to time, in per cent: months passed of twelve."""
    return Decimal(months_passed(year, day)) * 100 / MONTHS


def planned_on(plan: Mapping[str, Decimal | None], year: int, day: date) -> tuple[str, Decimal] | None:
    """The first point of the plan whose month is not over before the day, and what is planned up to it; blanks are passed over.

    ``None`` without such a point: nothing can be said.
    """
    for month in sorted(plan):
        amount = plan[month]
        if amount is not None and end_of(year, int(month)) >= day:
            return month, amount
    return None


def due_points(plan: Mapping[str, Decimal | None], year: int, day: date) -> Sequence[tuple[date, Decimal]]:
    """The points whose month is over at the end of the day, each with its last day; blanks are no points."""
    found = []
    for month in sorted(plan):
        amount, last = plan[month], end_of(year, int(month))
        if amount is not None and last <= day:
            found.append((last, amount))
    return found
