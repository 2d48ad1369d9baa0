"""Dates and periods inside a text: 2023年12月底前, 12月31日前, 2023年第一季度, 全年.

``text`` is half-width already (see ``values.plain``).
"""

from __future__ import annotations

import re

_YEAR = r"(?:19|20)\d{2}"
_DAY = r"(?:\s*\d{1,2}\s*[日号]|底|末|初|[上中下]旬)"
_MONTH = rf"(?<![\d.,])(?:1[0-2]|0?[1-9])\s*月(?:份)?{_DAY}?"
_QUARTER = r"第?[一二三四1-4]季度(?:末|底)?|前[一二三]季度"
_HALF = r"[上下]半年"
_YEAR_OF = r"(?:\s*年度?\s*)"
_NUMERIC_MONTH = r"(?:1[0-2]|0?[1-9])"
_ISO = (
    rf"(?<!\d){_YEAR}(?:[-./]{_NUMERIC_MONTH}[-./]\d{{1,2}}(?!\d)"
    rf"|[-./]{_NUMERIC_MONTH}(?=\s*(?:之?前|以前|底|末))|-(?:0[1-9]|1[0-2])$)"
)
"""Dates in digits. Two parts alone (``2000.5``) are a number unless 前 or 底 follows."""

_DATED = (
    rf"(?:(?<!\d){_YEAR}{_YEAR_OF}(?:{_MONTH}|(?:{_QUARTER})|{_HALF}|底|末)|{_ISO}"
    rf"|(?:每年)?{_MONTH}|每(?:个?月|季度?)\s*(?:\d{{1,2}}\s*[日号]|底|末|初)"
    rf"|(?<![\d.,])\d{{1,2}}[日号](?=之?前|以前))"
)
_SPAN = rf"(?:{_DATED}|(?<![\d.,])\d{{1,2}})\s*(?:[-~～—–−]+|至|到)\s*{_DATED}"
_BARE_QUARTER = (
    r"(?:第[一二三四1-4]|[一二三四]|前[一二三])季度(?:末|底)?|(?<![\d.,])[1-4]季度(?:末|底|(?=之?前|以前))"
)
"""A quarter without its year; ``1季度`` alone may as well be a length of time and stays a quantity."""
STRONG = rf"(?:{_SPAN}|{_DATED}|{_BARE_QUARTER}|{_HALF}|(?<!\d)年(?:底|末))"
_YEARS = rf"(?<!\d){_YEAR}\s*年?\s*(?:[-~～—–−]+|至|到)\s*{_YEAR}\s*年"
WEAK = (
    rf"(?:{_YEARS}|(?<!\d){_YEAR}{_YEAR_OF}(?:内|全年)?|全年|当年|本年度?|(?<!\d)年度?内"
    r"|每(?:年|季度?|个?月|周|半年))"
)

_PERIOD = re.compile(rf"(?:{STRONG}|{WEAK})(?:之前|以前|前|内|之内)?")
_LEAD = r"[≥≤≧≦⩾⩽<>=《》〈〉\s]*(?:不晚于|不迟于|不超过|截至|截止到?|于|在|到|自|从)?\s*"
_BY = re.compile(rf"(?:{STRONG}|{WEAK})(?:之前|以前|前)")
_STARTS = re.compile(rf"{_LEAD}{STRONG}")
_ONLY = re.compile(rf"{_LEAD}(?:{WEAK})[前内底末之以完成毕全部支付拨到位按时及。,，、]*")
_DIGIT = re.compile(r"\d")


def without_periods(text: str) -> str:
    """The text with every date and period taken out."""
    return _PERIOD.sub("", text).strip()


def has_date(text: str) -> bool:
    """Whether a date or period that an achievement can be held to stands in the text."""
    return bool(re.search(STRONG, text) or re.search(rf"{WEAK}(?:内|前|之前|以前)|全年|年内|{_YEARS}", text))


def is_deadline(text: str) -> bool:
    """Whether a value states a date or a period and no other number."""
    if not (_BY.search(text) or _STARTS.match(text) or _ONLY.fullmatch(text)):
        return False
    return not _DIGIT.search(without_periods(text))
