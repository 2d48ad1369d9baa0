"""Of which year and which months a figure speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

WHOLE, UNKNOWN = "", "?"
_COMPARED = re.compile(
    r"(?:比|较|与|同|和)(?:上年度?|去年|上一年度?|前年|(?:19|20)\d{2}年度?)(?:同期|全年|底|末|实际)?(?:相比|比|持平)?(?!的|\d|实际|支出|完成)|同比|环比|年均"
)
_YEAR = re.compile(
    r"((?:19|20)\d{2})\s*年|(上一?年度?|去年|前一年度?)|(今年|本年度?|当年|报告期)|(下一?年度?|明年|次年)"
)
_MONTH = r"(\d{1,2}|(?<![一二三四五六七八九十])(?:十[一二]?|[一二三四五六七八九]))"
_SPAN = re.compile(rf"{_MONTH}\s*月?份?\s*(?:-|—{{1,2}}|~|至|到)\s*{_MONTH}\s*月")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_FIRST = re.compile(r"前([一二三123两])个?季度")
_HALF = re.compile(r"([上下])半年")
_UNTIL = re.compile(rf"(?:截至|截止)?[^，。;]{{0,6}}?{_MONTH}\s*月\s*(?:份)?\s*(底|末|(\d{{1,2}})\s*[日号])?")
_ALL = re.compile(r"全年|年末|年底|年终|年度")
_WORDS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_NUMBERS = {"两": 2} | {word: number for number, word in enumerate(_WORDS, 1)}
_LAST_DAYS = {"28", "29", "30", "31"}


@dataclass(frozen=True, slots=True)
class Time:
    """A word of time at ``start``: a year, months (``01-07``; empty: the whole year; ``?``: a day or another stretch)."""

    start: int
    end: int
    year: int | None = None
    period: str | None = None


def compared(text: str) -> list[tuple[int, int]]:
    """Where a text names the year that something is compared with: that is not the time of the figure."""
    return [match.span() for match in _COMPARED.finditer(text)]


def times(text: str, year: int) -> list[Time]:
    """The words of time of a plain text in order; ``year`` is that of the report."""
    letters = list(text)
    for start, end in compared(text):
        letters[start:end] = "\x02" * (end - start)
    text = "".join(letters)
    found = [Time(*match.span(), year=_year(match, year)) for match in _YEAR.finditer(text)]
    taken: list[tuple[int, int]] = []

    def add(match: re.Match[str], period: str) -> None:
        if all(match.end() <= left or match.start() >= right for left, right in taken):
            taken.append(match.span())
            found.append(Time(*match.span(), period=period))

    for match in _SPAN.finditer(text):
        add(match, months(_number(match[1]), _number(match[2])))
    for match in _FIRST.finditer(text):
        add(match, months(1, 3 * _number(match[1])))
    for match in _QUARTER.finditer(text):
        last = 3 * _number(match[1])
        add(match, months(last - 2, last))
    for match in _HALF.finditer(text):
        add(match, months(1, 6) if match[1] == "上" else months(7, 12))
    for match in _UNTIL.finditer(text):
        add(match, _until(match))
    found += [Time(*match.span(), period=WHOLE) for match in _ALL.finditer(text)]
    return sorted(found, key=lambda each: each.start)


def months(first: int, last: int) -> str:
    """``01-07``; the whole year is empty."""
    return WHOLE if (first, last) == (1, 12) else f"{first:02d}-{last:02d}"


def _number(text: str) -> int:
    return _NUMBERS.get(text) or int(text)


def _year(match: re.Match[str], year: int) -> int:
    if match[1]:
        return int(match[1])
    return year + (-1 if match[2] else 1 if match[4] else 0)


def _until(match: re.Match[str]) -> str:
    month = _number(match[1])
    if match[2] in ("底", "末") or (match[3] in _LAST_DAYS and "截" in match[0]):
        return months(1, month)
    return UNKNOWN if match[2] else months(month, month)
