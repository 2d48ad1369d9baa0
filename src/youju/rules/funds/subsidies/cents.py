"""CNY to the cent: rounding half up, and sharing a sum out so that its parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")


def cents(amount: Decimal) -> Decimal:
    """An amount to the cent, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def pro_rata(totals: Mapping[str, Decimal], most: Decimal) -> dict[str, Decimal]:
    """Each total reduced in proportion so that all make ``most``; unchanged where they do not exceed it.

    By the largest remainder: each part is rounded down, and the cents left over go to the largest remainders (of equal ones to
    the key that comes first). So the sum is ``most`` to the cent and no part exceeds its total. Amounts are whole cents, not
    negative.
    """
    whole = {key: int(total / CENT) for key, total in totals.items()}
    asked, limit = sum(whole.values()), int(most / CENT)
    if asked <= limit:
        return {key: cents(total) for key, total in totals.items()}
    shares = {key: divmod(amount * limit, asked) for key, amount in whole.items()}
    left = limit - sum(share for share, _ in shares.values())
    first = sorted(shares, key=lambda key: (-shares[key][1], key))[:left]
    extra = frozenset(first)
    return {key: (share + (key in extra)) * CENT for key, (share, _) in shares.items()}
