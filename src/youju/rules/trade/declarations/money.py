"""Money as whole cents: sums are exact and compare exactly."""

from __future__ import annotations

from decimal import Decimal

PLACES = 2
"""Decimal places of a cent."""
_CENT = Decimal(1).scaleb(-PLACES)


def to_cents(amount: Decimal) -> int:
    """``Decimal("12.30")`` → 1230.

    Raises:
        ValueError: the amount has a fraction of a cent, which nobody may round away.
    """
    cents = amount.scaleb(PLACES)
    whole = int(cents)
    if cents != whole:
        raise ValueError(f"{amount} has more than {PLACES} decimal places")
    return whole


def amount_of(cents: int) -> Decimal:
    """1230 → ``Decimal("12.30")``."""
    return (Decimal(cents) * _CENT).quantize(_CENT)


def shown(cents: int) -> str:
    """1230 → ``12.30``, as JSON and messages carry it."""
    return f"{amount_of(cents):f}"


def spoken(cents: int) -> str:
    """123456 → ``1,234.56``, as sentences say it."""
    return f"{amount_of(cents):,f}"
