"""From one currency to another by the rates of a day; the parts of a sum lose no cent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from youju.rules.trade.declarations.money import amount_of

_CENT = amount_of(1)


def converted(amount: Decimal, *, rate: Decimal, into: Decimal) -> Decimal:
    """An amount of one currency in another, to the cent, half up; the rates are CNY for one unit of each."""
    return (amount * rate / into).quantize(_CENT, ROUND_HALF_UP)


def money_for(amount: Decimal, *, rate: Decimal, into: Decimal, most: Decimal) -> Decimal:
    """What an amount takes of a sum in another currency; at least a cent. A cent above what is there (``most``) is rounding.

    More than that is told as it is, for the rules to refuse.
    """
    need = max(converted(amount, rate=rate, into=into), _CENT)
    return most if most < need <= most + _CENT else need


def part_of(amount: Decimal, whole: Decimal, money: Decimal) -> Decimal:
    """The part of ``money`` that goes with ``amount`` of a ``whole``: all of it with the whole, else some and not all.

    Nothing (0) where the money is too small to be parted.
    """
    if amount == whole:
        return money
    part = max((money * amount / whole).quantize(_CENT, ROUND_HALF_UP), _CENT)
    return max(min(part, money - _CENT), Decimal(0))


def spread(money: Decimal, value: Decimal, rooms: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Share a receipt out over lines in their order: (amount in the lines' currency, money of the receipt) for each line.

    ``value`` is what the whole ``money`` is worth in the lines' currency. Each line takes what it has room for; a line that gets
    nothing of either is given (0, 0). Where the value fits, the money parts add up to ``money`` exactly; never to more.
    """
    parts = []
    taken = given = Decimal(0)
    for room in rooms:
        amount = min(max(room, Decimal(0)), value - taken)
        upto = taken + amount
        share = money - given if upto == value else (money * upto / value).quantize(_CENT, ROUND_DOWN) - given
        if amount <= 0 or share <= 0:
            parts.append((Decimal(0), Decimal(0)))
            continue
        parts.append((amount, share))
        taken, given = upto, given + share
    return parts
