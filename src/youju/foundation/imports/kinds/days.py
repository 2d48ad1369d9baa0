"""Days in the forms that people write: 2023-05-01, 2023/5/1, 20230501, 2023年5月1日, 二〇二三年五月一日, a spreadsheet's date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from youju.foundation.imports.kinds.base import BadCellError, plain

_FORMS = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_EPOCH = date(1899, 12, 30)  # day 0 of the spreadsheets' count; its error before March 1900 is left alone
_CLOCK = re.compile(r"(?:(?<=\d)[T ] *| +)(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)$", re.A)
_SERIAL = (10_000, 80_000)  # 1927 to 2119: what may be a day and not a number


@dataclass(frozen=True)
class Day:
    """A day."""

    least: date | None = None
    most: date | None = None

    name = "日期"

    def read(self, cell: Any) -> date:
        """See ``Kind``."""
        day = _day(cell)
        if (self.least and day < self.least) or (self.most and day > self.most):
            raise BadCellError(f"{day} 不在 {self.least or '……'} 到 {self.most or '……'} 之间")
        return day

    def freeze(self, value: date) -> str:
        """See ``Kind``."""
        return value.isoformat()

    def thaw(self, value: str) -> date:
        """See ``Kind``."""
        return date.fromisoformat(value)


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        if (cell.hour, cell.minute, cell.second) != (0, 0, 0):
            raise BadCellError(f"“{cell:%Y-%m-%d %H:%M}”带有时刻，这里只要日期")
        return cell.date()
    if isinstance(cell, date):
        return cell
    shown = plain(cell)
    clock = _CLOCK.search(shown)
    if clock and clock[1].strip("0:."):
        raise BadCellError(f"“{shown[:20]}”带有时刻，这里只要日期")
    text = (shown[: clock.start()] if clock else shown).replace(" ", "")
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _real(int(match[1]), int(match[2]), int(match[3]), text)
    match = _CHINESE.fullmatch(text)
    if match:
        return _real(int(match[1].translate(_DIGITS)), _tens(match[2]), _tens(match[3]), text)
    if (
        isinstance(cell, int | float)
        and not isinstance(cell, bool)
        and float(cell).is_integer()
        and _SERIAL[0] <= cell <= _SERIAL[1]
    ):
        return _EPOCH + timedelta(days=int(cell))
    if re.fullmatch(r"\d{4}[-/.年]\d{1,2}月?", text):
        raise BadCellError(f"“{text}”只到月，请写到日，例如 2023-05-01")
    raise BadCellError(f"“{text[:20]}”不是日期；请写成 2023-05-01 的样子")


def _real(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCellError(f"“{text}”这一天不存在") from None


def _tens(text: str) -> int:
    """一 → 1, 十 → 10, 十二 → 12, 二十 → 20, 三十一 → 31."""
    before, ten, after = text.partition("十")
    if "十" in after or len(before) > 1 or len(after) > 1:
        return 99
    if not ten:
        return int(text.translate(_DIGITS))
    return (int(before.translate(_DIGITS)) if before else 1) * 10 + (
        int(after.translate(_DIGITS)) if after else 0
    )
