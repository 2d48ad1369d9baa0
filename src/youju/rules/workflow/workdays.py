"""Working days: the State Council's yearly notices on holidays and make-up days, as the library ``chinese_calendar`` holds them.

Source: 国务院办公厅关于部分节假日安排的通知, one for each year, published in October or November of the year before. A year
whose notice is not known here is counted by its weekends and by the holidays whose day is fixed by law (全国年节及纪念日放假
办法: 1 January, 1–2 May, 1–3 October); what was counted so is marked ``provisional``.

A deadline of n working days (n 个工作日内) counts from the day after, as 民法典 article 201 counts days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

_DAY = timedelta(days=1)
_SUNDAY = 6
_SATURDAY = 5
_FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day counted in working days; ``provisional`` when a year's notice was not known."""

    day: date
    provisional: bool


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether offices work on the day, make-up days (调休) counted."""
    if known(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() not in (_SATURDAY, _SUNDAY) and (day.month, day.day) not in _FIXED


@lru_cache(maxsize=64)
def known(year: int) -> bool:
    """Whether the notice for the year is known here."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def add_working_days(day: date, count: int) -> DueDay:
    """The ``count``-th working day after the day; the day itself for 0 if it is a working day, else the next one.

    Raises:
        ValueError: ``count`` is negative.
    """
    if count < 0:
        raise ValueError("a deadline lies ahead")
    last, left = day, count
    if left == 0:
        while not is_working_day(last):
            last += _DAY
    while left:
        last += _DAY
        left -= is_working_day(last)
    return DueDay(last, provisional=not all(known(year) for year in range(day.year, last.year + 1)))


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after ``first`` up to and with ``last``; negative the other way round.

    It undoes ``add_working_days``: ``working_days_between(d, add_working_days(d, n).day) == n`` for n ≥ 1.
    """
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working_day(first + _DAY * number) for number in range(1, (last - first).days + 1))
