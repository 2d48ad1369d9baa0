"""Figures as people read them: thousands apart, decimals as given, a blank as a dash."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

BLANK = "—"


def grouped(value: object) -> str:
    """``"2945.25"`` → ``"2,945.25"``; decimals stay exactly as given, a blank is a dash, other text stays itself."""
    if value is None or value == "":
        return BLANK
    text = str(value).strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number:,f}" if number.is_finite() else text


def share(part: object, whole: object) -> int:
    """The whole percent that ``part`` is of ``whole``, held between 0 and 100; 0 when there is no whole."""
    try:
        low, high = Decimal(str(part)), Decimal(str(whole))
    except InvalidOperation:
        return 0
    if not high:
        return 0
    return max(0, min(100, int(low * 100 / high)))
