"""When a repeating task falls due: the same day of each week or month, taken back to a working day."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from youju.rules.office.tasks.kinds import Every
from youju.rules.workflow import is_working_day

_NONE: frozenset[str] = frozenset()
_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
_YEAR = 12


def due_days(first: date, every: Every, until: date, fixed: frozenset[str] = _NONE) -> tuple[date, ...]:
    """The due days from ``first`` up to ``until``, both included; one where it comes once.

    The 31st is the last day of a shorter month. A day on which nobody works gives way to the working day before it, the
    first one too; what falls together by that stands once.

    Args:
        first: the first due day.
        every: how often.
        until: the last day that a due day may be, before it is taken back.
        fixed: holidays fixed by law, for years whose notice is not known.
    """
    if every is Every.ONCE:
        return (first,)
    return tuple(dict.fromkeys(_back(day, fixed) for day in _days(first, every, until)))


def _days(first: date, every: Every, until: date) -> Iterator[date]:
    place = 0
    while (day := _nth(first, every, place)) <= until:
        yield day
        place += 1


def _nth(first: date, every: Every, place: int) -> date:
    if every is Every.WEEK:
        return first + timedelta(weeks=place)
    months = first.month - 1 + place * _MONTHS[every]
    year, month = first.year + months // _YEAR, months % _YEAR + 1
    return date(year, month, min(first.day, calendar.monthrange(year, month)[1]))


def _back(day: date, fixed: frozenset[str]) -> date:
    while not is_working_day(day, fixed):
        day -= timedelta(days=1)
    return day
