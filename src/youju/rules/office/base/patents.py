"""The number of a Chinese patent: its form, its check digit, its kind."""

from __future__ import annotations

import re

_PATENT = re.compile(r"(?:ZL)?(\d{4})(\d)(\d{7})\.?(\d|X)")
_KINDS = {"1": "invention", "2": "utility", "3": "design", "8": "invention", "9": "utility"}


def patent_fault(number: str, kind: str) -> str:
    """What is wrong with the number of a Chinese patent: its form, its check digit, or its kind; empty: nothing.

    Twelve digits (year, kind, serial), a point, a check digit: the digits times 2 to 9 and 2 to 5, modulo 11, where 10 is X.
    """
    found = _PATENT.fullmatch(number.upper().replace(" ", ""))
    if found is None:
        return "写法不对，应为 ZL 加 12 位数字、小数点和一位校验码"
    year, sort, serial, check = found.groups()
    digits = f"{year}{sort}{serial}"
    rest = sum(int(digit) * (2 + place % 8) for place, digit in enumerate(digits)) % 11
    if check != ("X" if rest == 10 else str(rest)):
        return "校验码不对"
    if _KINDS.get(sort) != kind:
        return "第 5 位数字和专利类别不符"
    return ""
