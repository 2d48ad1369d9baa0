"""How an amount is spread over those who get it: median, share of the largest, Gini, steps of a histogram, the Lorenz curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from youju.rules.funds.subsidies.cents import NOTHING, cents

BINS, POINTS, LARGEST = 12, 50, 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Parties that get from ``start`` (included) up to ``end`` CNY: how many, how much together."""

    start: Decimal
    end: Decimal
    parties: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of amounts above zero. ``lorenz``: share of parties, least first → of the money."""

    parties: int
    amount: Decimal
    mean: Decimal
    median: Decimal
    largest: Decimal
    top_share: Decimal
    gini: Decimal
    bins: tuple[Bin, ...]
    lorenz: tuple[tuple[Decimal, Decimal], ...]


def spread(amounts: Sequence[Decimal]) -> Spread:
    """Of any amounts; those of zero are left out."""
    ranked = sorted(amount for amount in amounts if amount > 0)
    count, total = len(ranked), sum(ranked, NOTHING)
    if not count:
        return Spread(0, NOTHING, NOTHING, NOTHING, NOTHING, Decimal(0), Decimal(0), (), ())
    middle = (ranked[(count - 1) // 2] + ranked[count // 2]) / 2
    weighted = sum((place * amount for place, amount in enumerate(ranked, 1)), Decimal(0))
    gini = (2 * weighted / (count * total) - Decimal(count + 1) / count) if count else Decimal(0)
    return Spread(
        parties=count,
        amount=total,
        mean=cents(total / count),
        median=cents(middle),
        largest=ranked[-1],
        top_share=_share(sum(ranked[-LARGEST:], NOTHING), total),
        gini=round(gini, PLACES),
        bins=_bins(ranked),
        lorenz=_lorenz(ranked, total),
    )


PLACES = 4


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return round(part / whole, PLACES)


def _bins(ranked: Sequence[Decimal]) -> tuple[Bin, ...]:
    """Bins of a round width, so that at most :data:`BINS` cover all."""
    width = _round_width(ranked[-1] / BINS)
    found, place = [], 0
    start = Decimal(0)
    while place < len(ranked):
        end, first = start + width, place
        while place < len(ranked) and ranked[place] < end:
            place += 1
        found.append(Bin(start, end, place - first, sum(ranked[first:place], NOTHING)))
        start = end
    return tuple(found)


def _round_width(least: Decimal) -> Decimal:
    """The least of 1, 2, 5, 10, … times a power of ten that is above ``least``."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * step for step in STEPS if power * step > least)


STEPS = (1, 2, 5, 10, 20)


def _lorenz(ranked: Sequence[Decimal], total: Decimal) -> tuple[tuple[Decimal, Decimal], ...]:
    count, cumulated, running = len(ranked), [Decimal(0)], Decimal(0)
    for amount in ranked:
        running += amount
        cumulated.append(running)
    places = sorted({count * point // POINTS for point in range(POINTS + 1)})
    return tuple((_share(Decimal(at), Decimal(count)), _share(cumulated[at], total)) for at in places)
