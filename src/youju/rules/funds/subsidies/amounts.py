"""What the sums of a party earn by the shape of a clause: CNY to the cent, before the clause's own cap.

Every amount is rounded once, half up, at its end. ``analytics``'s set-based twin must give the same to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from youju.rules.funds.subsidies.cents import NOTHING, cents
from youju.rules.funds.subsidies.shapes import (
    CostShare,
    FirstExport,
    FlatRate,
    Increment,
    PerContainer,
    Shape,
    Step,
    Tiers,
)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums of one party for one clause: USD of the window and of the base, TEU, costs in CNY and their covered part."""

    usd: Decimal = Decimal(0)
    base_usd: Decimal = Decimal(0)
    teu: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    covered: Decimal = NOTHING
    first: bool = False


def earned(shape: Shape, counts: Counts) -> Decimal:
    """The amount in CNY, to the cent."""
    match shape:
        case FlatRate(rate):
            return cents(counts.usd * rate)
        case Increment(rate):
            return cents(growth_counted(shape, counts) * rate)
        case Tiers():
            return in_tiers(shape, counts.usd)
        case PerContainer(amount):
            return cents(counts.teu * amount)
        case CostShare():
            return counts.covered
        case FirstExport(amount):
            return cents(amount) if counts.first else NOTHING


def growth_counted(shape: Increment, counts: Counts) -> Decimal:
    """The USD of growth that earn; zero up to the threshold, that amount included."""
    growth = counts.usd - counts.base_usd
    if growth <= max(shape.threshold, Decimal(0)):
        return Decimal(0)
    return growth - shape.threshold if shape.deductible else growth


def step_reached(shape: Tiers, usd: Decimal) -> Step | None:
    """The highest step whose start is reached; ``None`` below the first."""
    found = None
    for step in shape.steps:
        if usd >= step.start:
            found = step
    return found


def in_tiers(shape: Tiers, usd: Decimal) -> Decimal:
    """What an export value earns by steps."""
    if shape.whole:
        step = step_reached(shape, usd)
        return cents(usd * step.rate + step.amount) if step and usd > 0 else NOTHING
    total = Decimal(0)
    for step, following in zip_longest(shape.steps, shape.steps[1:]):
        if usd > step.start:
            end = min(usd, following.start) if following else usd
            total += (end - step.start) * step.rate
    return cents(total)


def of_cost(shape: CostShare, amount: Decimal) -> Decimal:
    """What one cost earns, to the cent, under the cap of one cost."""
    part = cents(amount * shape.share)
    return part if shape.each_cap is None else min(part, shape.each_cap)
