"""Periods of statistics: a year, a quarter, a month, or months from–to; half-open in days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"^(\d{4})$")
_QUARTER = re.compile(r"^(\d{4})-?[Qq]([1-4])$")
_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_SPAN = re.compile(r"^(\d{4})-(\d{1,2})(?:\.\.|~|—)(\d{4})-(\d{1,2})$")
HOW = "请写成 2023、2023Q2、2023-06 或 2023-01..2023-07"
MIN_YEAR, MAX_YEAR = 1990, 2100


class PeriodError(ValueError):
    """A period that cannot be read; the message is a sentence in Chinese."""


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Whole months from the day ``start`` to before the day ``end``; both are firsts of a month, ``start`` < ``end``."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start.day != 1 or self.end.day != 1 or self.start >= self.end:
            raise PeriodError(f"期间 {self.start} 至 {self.end} 不是整月")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2023``, ``2023Q2``, ``2023-06`` or ``2023-01..2023-07``.

        Raises:
            PeriodError: it is none of these, or ends before it begins.
        """
        text = text.strip()
        try:
            if found := _YEAR.match(text):
                return cls.year(int(found[1]))
            if found := _QUARTER.match(text):
                start = _first(int(found[1]), 3 * int(found[2]) - 2)
                return cls(start, add_months(start, 3))
            if found := _MONTH.match(text):
                return cls.month(_first(int(found[1]), int(found[2])))
            if found := _SPAN.match(text):
                start, last = _first(int(found[1]), int(found[2])), _first(int(found[3]), int(found[4]))
                return cls(start, add_months(last, 1))
        except ValueError as error:
            raise PeriodError(f"期间“{text}”不对：{HOW}") from error
        raise PeriodError(f"期间“{text}”看不懂：{HOW}")

    @classmethod
    def year(cls, year: int) -> Period:
        """The twelve months of a year."""
        start = _first(year, 1)
        return cls(start, add_months(start, 12))

    @classmethod
    def month(cls, first: date) -> Period:
        """The month that a day lies in."""
        start = first.replace(day=1)
        return cls(start, add_months(start, 1))

    @property
    def last_day(self) -> date:
        """The last day that belongs to it."""
        return self.end - timedelta(days=1)

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month."""
        count = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return tuple(add_months(self.start, n) for n in range(count))

    def year_before(self) -> Period:
        """The same months a year earlier (同比)."""
        return Period(add_months(self.start, -12), add_months(self.end, -12))

    def before(self) -> Period:
        """As many months right before it (环比)."""
        return Period(add_months(self.start, -len(self.months)), self.start)

    def contains(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day < self.end

    def hull(self, other: Period) -> Period:
        """The shortest period that covers both."""
        return Period(min(self.start, other.start), max(self.end, other.end))

    @property
    def label(self) -> str:
        """Chinese: 2023年, 2023年第2季度, 2023年6月, 2023年1月至7月."""
        months, start = self.months, self.start
        if len(months) == 12 and start.month == 1:
            return f"{start.year}年"
        if len(months) == 3 and start.month % 3 == 1:
            return f"{start.year}年第{start.month // 3 + 1}季度"
        if len(months) == 1:
            return f"{start.year}年{start.month}月"
        last = months[-1]
        if last.year == start.year:
            return f"{start.year}年{start.month}月至{last.month}月"
        return f"{start.year}年{start.month}月至{last.year}年{last.month}月"

    def __str__(self) -> str:
        months, start = self.months, self.start
        if len(months) == 12 and start.month == 1:
            return f"{start.year}"
        if len(months) == 1:
            return f"{start:%Y-%m}"
        return f"{start:%Y-%m}..{months[-1]:%Y-%m}"


def add_months(first: date, months: int) -> date:
    """The first of the month so many months later."""
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _first(year: int, month: int) -> date:
    if not MIN_YEAR <= year <= MAX_YEAR:
        raise ValueError("no such year here")
    return date(year, month, 1)
