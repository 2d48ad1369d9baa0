"""Foreign amounts in CNY, so that the parts add up to the whole to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def in_cny(amount: Decimal, rate: Decimal) -> Decimal:
    """An amount in CNY, rounded half up to the cent. ``rate``: CNY for one unit of the currency (海关汇率)."""
    return (amount * rate).quantize(CENT, ROUND_HALF_UP)


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
