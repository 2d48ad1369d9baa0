"""Whole months between days: windows of evidence, ages of good standing."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_YEAR = 12


def months_before(day: date, count: int) -> date:
    """The same day so many months before (after, where negative); the month's last day where it is too short.

    2023-03-31, 1 → 2023-02-28.
    """
    serial = day.year * _YEAR + day.month - 1 - count
    year, month = divmod(serial, _YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def window(day: date, months: int) -> date:
    """The first day of the window that ends on a day: 2023-12-31, 12 → 2023-01-01."""
    return months_before(day + timedelta(days=1), months)


def months_since(first: date, day: date) -> int:
    """Whole months from a day to a later one; 0 where it is not later. 2023-01-31 to 2023-02-28 is 1, to 2023-02-27 is 0."""
    count = (day.year - first.year) * _YEAR + day.month - first.month
    if count > 0 and months_before(first, -count) > day:
        count -= 1
    return max(count, 0)


def last_day(month: date) -> date:
    """The last day of a day's month."""
    return month.replace(day=monthrange(month.year, month.month)[1])
