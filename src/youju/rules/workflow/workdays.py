"""Working days: the State Council's yearly notices on holidays and make-up days, as the library ``chinese_calendar`` holds them.

Source: 国务院办公厅关于部分节假日安排的通知, one for each year, published in October or November of the year before. A year
whose notice is not known here is counted by its weekends and by the holidays whose day is fixed by law (全国年节及纪念日放假
办法, handed in as ``fixed``); what was counted so is marked ``provisional``.

A deadline of n working days (n 个工作日内) counts from the day after, as 民法典 article 201 counts days.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar

_DAY = timedelta(days=1)
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day counted in working days; ``provisional`` when a year's notice was not known."""

    day: date
    provisional: bool


@cache
def is_working_day(day: date, fixed: frozenset[str] = _NONE) -> bool:
    """Whether offices work on the day, make-up days (调休) counted.

    ``fixed``: the holidays whose day is fixed by law, as ``05-01``; asked only where the year's notice is not known.
    """
    if known(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < calendar.SATURDAY and f"{day:%m-%d}" not in fixed


@cache
def known(year: int) -> bool:
    """Whether the notice for the year is known here."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def add_working_days(day: date, count: int, fixed: frozenset[str] = _NONE) -> DueDay:
    """The ``count``-th working day after the day; the day itself for 0 if it is a working day, else the next one.

    Raises:
        ValueError: ``count`` is negative.
    """
    if count < 0:
        raise ValueError("a deadline lies ahead")
    last, left = day, count
    if left == 0:
        while not is_working_day(last, fixed):
            last += _DAY
    while left:
        last += _DAY
        left -= is_working_day(last, fixed)
    return DueDay(last, provisional=not all(known(year) for year in range(day.year, last.year + 1)))


def working_days_between(first: date, last: date, fixed: frozenset[str] = _NONE) -> int:
    """How many working days lie after ``first`` up to and with ``last``; negative the other way round.

    It undoes ``add_working_days``: ``working_days_between(d, add_working_days(d, n).day) == n`` for n ≥ 1.
    """
    if last < first:
        return -working_days_between(last, first, fixed)
    return sum(is_working_day(first + _DAY * number, fixed) for number in range(1, (last - first).days + 1))
