"""Money as whole cents: sums are exact and compare exactly, also in CNY."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

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


def in_cny(amount: Decimal, rate: Decimal) -> Decimal:
    """An amount in CNY, rounded half up to the cent. ``rate``: CNY for one unit of the currency (海关汇率)."""
    return (amount * rate).quantize(_CENT, ROUND_HALF_UP)


def shares_in_cny(amounts: Iterable[Decimal], rate: Decimal) -> Iterator[Decimal]:
    """The parts of one declaration in CNY, in order; their sum is the whole's :func:`in_cny`, each within a cent of its own.

    Each part gets what the running total gains: no part is rounded by itself, so no difference is left over.
    """
    so_far, given = Decimal(0), Decimal(0)
    for amount in amounts:
        so_far += amount
        total = in_cny(so_far, rate)
        yield total - given
        given = total
