"""Points to the hundredth, rounded half up, and numbers as a sentence shows them. Arithmetic is exact, in fractions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor

_CENT = Decimal("0.01")
HUNDRED = 100
HALF = Fraction(1, 2)


def rounded(value: Fraction) -> Decimal:
    """The nearest hundredth; the middle goes up. ``value`` is not negative."""
    return (Decimal(floor(value * HUNDRED + HALF)) * _CENT).quantize(_CENT)


def per_cent(value: Fraction) -> str:
    """A share in per cent to the hundredth, without zeros at its end: ``98.98%``."""
    return f"{shown(value * HUNDRED)}%"


def shown(value: Fraction) -> str:
    """A number to the hundredth, without zeros at its end; one that is not zero is never shown as zero."""
    near = _whole_hundredths(value)
    if not near and value:
        return f"{'-' if value < 0 else ''}不足 {_CENT}"
    return plain(near)


def plain(value: Decimal) -> str:
    """Decimal digits without zeros at their end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def shared(total: Decimal, count: int) -> list[Decimal]:
    """A total shared out evenly to the hundredth; what is left over goes to the first ones, a hundredth each."""
    cents = int((total / _CENT).to_integral_value(ROUND_HALF_UP))
    each, left = divmod(cents, count)
    return [(Decimal(each + (index < left)) * _CENT).quantize(_CENT) for index in range(count)]


def _whole_hundredths(value: Fraction) -> Decimal:
    sign = -1 if value < 0 else 1
    return sign * rounded(abs(value))
