"""What is computed from the sums of a cut: share, growth on year and period, rank, average price, concentration, new and gone.

Exact decimals, six places, half up (:mod:`youju.analytics.combining`); where there is nothing to divide by there is no figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from youju.analytics.combining import herfindahl, percent, rounded, top_share

NOTHING = Decimal(0)
TOP = 5
"""How many groups the concentration ratio CR5 counts."""


@dataclass(frozen=True, slots=True)
class Sums:
    """What a cut adds up: CNY, kilograms, counts; ``year_value`` and ``before_value`` are those of the earlier periods."""

    value: Decimal = NOTHING
    net_weight: Decimal = NOTHING
    gross_weight: Decimal = NOTHING
    declarations: int = 0
    lines: int = 0
    year_value: Decimal = NOTHING
    before_value: Decimal = NOTHING

    @property
    def on_year(self) -> Decimal | None:
        """Growth against the same months a year before (同比), per cent."""
        return growth(self.value, self.year_value)

    @property
    def on_before(self) -> Decimal | None:
        """Growth against the months right before (环比), per cent."""
        return growth(self.value, self.before_value)

    @property
    def price(self) -> Decimal | None:
        """CNY for one kilogram of net weight."""
        return rounded(self.value / self.net_weight) if self.net_weight else None


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a cut. ``rank`` counts from 1 by value; ``share`` is per cent of all groups, none where all is nothing."""

    key: str
    sums: Sums
    rank: int
    share: Decimal | None

    @property
    def is_new(self) -> bool:
        """In the period and not in the same months a year before."""
        return self.sums.lines > 0 and not self.sums.year_value


@dataclass(frozen=True, slots=True)
class Compared:
    """A cut as people read it: groups with rows in the period by value, largest first, and what they add up to.

    ``absent`` are those of the earlier periods alone, with their sums, by key. Whether something is new can be told only where
    there was a year before: ``has_year``.
    """

    groups: tuple[Group, ...]
    absent: tuple[tuple[str, Sums], ...]
    has_year: bool
    cr5: Decimal | None
    hhi: Decimal | None

    @property
    def gone(self) -> tuple[str, ...]:
        """Keys that had value a year before and have none now."""
        return tuple(key for key, sums in self.absent if sums.year_value)

    @property
    def new(self) -> tuple[Group, ...]:
        """Groups that were not there a year before; none where there was no year before."""
        return tuple(group for group in self.groups if group.is_new) if self.has_year else ()


def growth(now: Decimal, before: Decimal) -> Decimal | None:
    """By how many per cent ``now`` lies above ``before``; none where there was nothing before."""
    return percent(now - before, before) if before else None


def sums_of(row: Mapping[str, Any]) -> Sums:
    """From a row of an engine's answer; columns that a cut does not have stay nothing."""
    names = [name for name in Sums.__slots__ if row.get(name) is not None]
    return Sums(**{name: row[name] for name in names})


def compared(rows: Iterable[Mapping[str, Any]]) -> Compared:
    """Rank the groups of a cut; equal values stand by key, so that every engine gives one order."""
    read = [(str(row["key"]), sums_of(row)) for row in rows]
    here = sorted((each for each in read if each[1].lines), key=lambda each: (-each[1].value, each[0]))
    parts = {key: sums.value for key, sums in here}
    whole = sum(parts.values(), NOTHING)
    return Compared(
        tuple(
            Group(key, sums, rank, percent(sums.value, whole) if whole else None)
            for rank, (key, sums) in enumerate(here, 1)
        ),
        tuple(sorted(((key, sums) for key, sums in read if not sums.lines), key=lambda each: each[0])),
        any(sums.year_value for _, sums in read),
        top_share(TOP).combine(parts).value,
        herfindahl().combine(parts).value,
    )


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one group amounts to in one unit; ``price`` is CNY for one of it."""

    key: str
    unit: str
    quantity: Decimal
    value: Decimal
    lines: int

    @property
    def price(self) -> Decimal | None:
        """Average price in CNY; none without a quantity."""
        return rounded(self.value / self.quantity) if self.quantity else None


def quantities_of(rows: Iterable[Mapping[str, Any]]) -> Sequence[Quantity]:
    """By value, largest first."""
    read = [Quantity(row["key"], row["unit"], row["quantity"], row["value"], row["lines"]) for row in rows]
    return sorted(read, key=lambda each: (-each.value, each.key, each.unit))
