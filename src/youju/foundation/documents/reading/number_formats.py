"""Numbers of a sheet as the sheet shows them: decimals, thousands, per cent, dates, words around the number."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0"}
_BUILT_IN |= {39: "#,##0.00", 40: "#,##0.00", 49: "@"}
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)))
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DATE_LETTERS = re.compile(r"[ymdhs年月日]", re.I)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?")
_LARGEST = Decimal(10) ** 15
_LAST_DAY = 2958465  # 9999-12-31, the last day that a sheet can hold


class Formats:
    """The number formats of one workbook, by the style index of a cell."""

    def __init__(self, formats: list[str], *, since_1904: bool) -> None:
        self._formats = formats
        self._epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's day has no zone

    @classmethod
    def of(cls, styles: Any, *, since_1904: bool) -> Formats:
        """Read ``styles.xml`` (``None`` where the workbook has none)."""
        if styles is None:
            return cls([], since_1904=since_1904)
        own = {item.get("numFmtId", ""): item.get("formatCode", "") for item in styles.iter(f"{_S}numFmt")}
        formats = []
        for area in styles.iterchildren(f"{_S}cellXfs"):
            for style in area.iterchildren(f"{_S}xf"):
                number = style.get("numFmtId", "0")
                known = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 0
                built_in = "yyyy-mm-dd" if known in _DATES else _BUILT_IN.get(known, "")
                formats.append(own.get(number, built_in))
        return cls(formats, since_1904=since_1904)

    def shown(self, value: str, style: str) -> str:
        """A number as its cell shows it; what is no number stays as it is."""
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number) >= _LARGEST:
            return value
        index = int(style) if style.isascii() and style.isdigit() and len(style) < 7 else 0
        code = self._formats[index] if index < len(self._formats) else ""
        if code in ("", "General", "@"):
            return _general(number)
        return self._by_code(number, code)

    def _by_code(self, number: Decimal, code: str) -> str:
        sections = _sections(code)
        section = sections[1] if number < 0 and len(sections) > 1 else sections[0]
        bare = _LITERAL.sub("", section)
        if _DATE_LETTERS.search(bare) and "General" not in bare:
            return self._date(number, section)
        digits = _DIGITS.search(bare)
        if digits is None:
            return _general(number)
        text = _fixed(number if section is sections[0] else abs(number), digits[0], bare.count("%"))
        before, after = _around(section)
        return f"{before}{text}{after}".strip()

    def _date(self, number: Decimal, section: str) -> str:
        if not 0 <= number <= _LAST_DAY:
            return _general(number)
        day = self._epoch + timedelta(days=float(number))
        if "年" in section:
            month = f"{day.year}年{day.month}月"
            return f"{month}{day.day}日" if "日" in section or "d" in section.lower() else month
        if "月" in section:
            return f"{day.month}月{day.day}日"
        return day.strftime("%Y-%m-%d" if day.hour == day.minute == 0 else "%Y-%m-%d %H:%M")


def _general(number: Decimal) -> str:
    """At most 15 significant digits and no exponent: a sheet stores 0.1 + 0.2 as 0.30000000000000004."""
    rounded = Decimal(f"{number:.15g}")
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(number: Decimal, digits: str, per_cent: int) -> str:
    """A number with the decimals and thousands separators that a run of digit places asks for."""
    whole, _, decimals = digits.partition(".")
    scaled = Decimal(_general(number)) * 100**per_cent
    most, least = len(decimals), decimals.count("0")
    text = (
        f"{scaled.quantize(Decimal(1).scaleb(-most), rounding=ROUND_HALF_UP):{',' if ',' in whole else ''}f}"
    )
    while most > least and text.endswith("0"):
        text, most = text[:-1], most - 1
    return text.rstrip(".") if "." in text else text


@lru_cache(maxsize=256)
def _sections(code: str) -> list[str]:
    """The parts of a format for positive, negative, zero: parted by semicolons outside quotes."""
    parts, quoted = [""], False
    for sign in code:
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


@lru_cache(maxsize=256)
def _around(section: str) -> tuple[str, str]:
    """The words before and after the number: quoted, escaped, or plain signs such as % ≥ 万元."""
    plain = _LITERAL.sub(lambda found: (found[1] or found[2] or "").translate(_GUARD), section)
    digits = _DIGITS.search(plain)
    if digits is None:
        return "", ""
    before, after = plain[: digits.start()], _DIGITS.sub("", plain[digits.end() :])
    return before.translate(_UNGUARD), after.translate(_UNGUARD)


# Digit places inside quotes are words: they are moved out of the way while the number is looked for.
_GUARD = {ord(sign): 0xE000 + index for index, sign in enumerate("#0?,.")}
_UNGUARD = {place: sign for sign, place in _GUARD.items()}
