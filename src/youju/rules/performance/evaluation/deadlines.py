"""The last day that a date or period in a text allows: 2023年12月底前 → 2023-12-31. What ends on that day is in time.

A period stands for its last day, on both sides: what was done 2023年11月 was done by 2023-11-30 at the latest. Without a year
the fiscal year is meant; where that is unknown, both sides are taken to lie in one year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from youju.rules.performance.targets.values import plain

_YEAR = r"(?:(?<!\d)(?P<{0}>(?:19|20)\d{{2}})\s*年度?\s*)"
_FULL = r"(?<!\d)(?P<y0>(?:19|20)\d{2})[-./](?P<m0>\d{1,2})(?:[-./](?P<d0>\d{1,2}))?(?!\d)"
_MONTH = (
    _YEAR.format("y1") + r"?(?<!\d)(?P<m1>\d{1,2})\s*月(?:份)?\s*"
    r"(?:(?P<d1>\d{1,2})\s*[日号]|(?P<part>初|[上中]旬))?"
)
_QUARTER = _YEAR.format("y2") + r"?(?:第|前)?(?P<q>[一二三四1-4])季度"
_HALF = _YEAR.format("y3") + r"?(?P<half>[上下])半年"
_WHOLE = _YEAR.format("y4") + r"|(?P<all>全年|年底|年末|年内|当年|本年)"
_DATED = re.compile("|".join((_FULL, _MONTH, _QUARTER, _HALF, _WHOLE)))
_QUARTERS = {sign: place for places in ("一二三四", "1234") for place, sign in enumerate(places, 1)}
_FIRST_DAYS, _MIDDLE_DAYS = 10, 20
_MONTHS_OF_QUARTER, _MONTHS_OF_HALF, _MONTHS = 3, 6, 12
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """A day whose year may be left open."""

    month: int
    day: int
    year: int | None = None

    @property
    def said(self) -> str:
        """As a sentence shows it."""
        return f"{self.year}年{self.month}月{self.day}日" if self.year else f"{self.month}月{self.day}日"


def last_day(text: str, fiscal_year: int | None) -> Day | None:
    """The last day of the last date or period in a text; ``None`` where there is none, or where it comes again and again."""
    words = plain(text)
    if "每" in words:
        return None
    found: Day | None = None
    year = fiscal_year
    for match in _DATED.finditer(words):
        stated = next((match[name] for name in ("y0", "y1", "y2", "y3", "y4") if match[name]), None)
        year = int(stated) if stated else year
        found = _end(match, year)
        if found is None:
            return None
    return found


def in_time(done: Day, due: Day) -> bool:
    """Whether a day is no later than another; without a year on either side both lie in one year."""
    if done.year is None or due.year is None:
        return (done.month, done.day) <= (due.month, due.day)
    return (done.year, done.month, done.day) <= (due.year, due.month, due.day)


def _end(match: re.Match[str], year: int | None) -> Day | None:
    number = match["m0"] or match["m1"]
    if number:
        return _of_month(int(number), match, year)
    if match["q"]:
        return _month_end(_QUARTERS[match["q"]] * _MONTHS_OF_QUARTER, year)
    if match["half"]:
        return _month_end(_MONTHS_OF_HALF if match["half"] == "上" else _MONTHS, year)
    return _month_end(_MONTHS, year)


def _of_month(month: int, match: re.Match[str], year: int | None) -> Day | None:
    end = _month_end(month, year)
    if end is None:
        return None
    stated = match["d0"] or match["d1"]
    if stated:
        day = int(stated)
        return Day(month, day, year) if 1 <= day <= end.day else None
    if match["part"]:
        return Day(month, _MIDDLE_DAYS if match["part"] == "中旬" else _FIRST_DAYS, year)
    return end


def _month_end(month: int, year: int | None) -> Day | None:
    if not 1 <= month <= _MONTHS:
        return None
    return Day(month, monthrange(year or _LEAP_YEAR, month)[1], year)
