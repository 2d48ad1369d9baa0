"""Chinese numerals: 二十三, 一百六十万, 百分之九十六, 三分之一."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
SPOKEN = "零〇一二三四五六七八九十百千万亿两点"


def spoken(text: str) -> Decimal | None:
    """The number that a Chinese numeral says, or ``None`` where it says none."""
    whole, dot, decimals = text.partition("点")
    number = _whole(whole)
    if number is None or (dot and not decimals):
        return None
    if not dot:
        return Decimal(number)
    digits = [_DIGITS.get(each) for each in decimals]
    if any(each is None for each in digits):
        return None
    return Decimal(f"{number}." + "".join(str(each) for each in digits))


def _whole(text: str) -> int | None:
    if not text:
        return None
    total, section, digit, placed = 0, 0, 0, False
    for each in text:
        if each in _DIGITS:
            if placed and digit:
                return None  # 二三 is no numeral but two
            digit, placed = _DIGITS[each], True
        elif each in _SCALES:
            section += (digit if placed else 1) * _SCALES[each]
            digit, placed = 0, False
        elif each in _LARGE:
            total += (section + digit) * _LARGE[each]
            if not section + digit:
                return None
            section, digit, placed = 0, 0, False
        else:
            return None
    return total + section + digit
