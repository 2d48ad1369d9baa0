"""Orders as the planner sees them: whole numbers only, prepared once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from youju.rules.trade.declarations.facts import Kind, Order
from youju.rules.trade.declarations.terms import Terms


class Part(NamedTuple):
    """What an order holds of one kind."""

    kind: int
    cents: int
    first: int
    ineligible: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One order. ``least`` are features each of which costs a declared line wherever the order goes (``rules…bounds``);
    ``most`` are those that may cost one beyond the itemised kinds. They differ only for a kind that some lines call
    ineligible and others don't."""

    place: int
    size: int
    parts: tuple[Part, ...]
    kinds: frozenset[int]
    least: frozenset[int]
    most: frozenset[int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Orders of one currency that may share declarations, the cap in cents, the terms, and each kind's chapter.

    ``consistent``: no kind is ineligible in some lines only, so that ``least`` and ``most`` of each order are the same.
    """

    items: tuple[Item, ...]
    cap: int
    terms: Terms
    chapters: tuple[int, ...]
    consistent: bool

    @property
    def sizes(self) -> list[int]:
        """The orders' totals in cents."""
        return [item.size for item in self.items]

    @property
    def features(self) -> list[frozenset[int]]:
        """Each order's ``least``."""
        return [item.least for item in self.items]


def problem_of(orders: Sequence[Order], cap: int, terms: Terms) -> Problem:
    """Prepare orders for planning. Features are numbered: a kind by its number, a chapter by its number below zero."""
    kinds: dict[Kind, int] = {}
    chapters: list[int] = []
    parts: list[tuple[Part, ...]] = []
    for order in orders:
        held: dict[int, list[int]] = {}
        for line in order.lines:
            number = kinds.setdefault(line.kind, len(kinds))
            if number == len(chapters):
                chapters.append(-1 - int(line.kind.chapter))
            part = held.setdefault(number, [0, line.number, 0])
            part[0] += line.cents
            part[1] = min(part[1], line.number)
            part[2] |= terms.is_ineligible(line)
        parts.append(tuple(Part(kind, each[0], each[1], bool(each[2])) for kind, each in held.items()))
    ineligible = {part.kind for each in parts for part in each if part.ineligible}
    eligible = {part.kind for each in parts for part in each if not part.ineligible}
    items = tuple(_item(place, each, chapters, ineligible, eligible) for place, each in enumerate(parts))
    return Problem(items, cap, terms, tuple(chapters), not ineligible & eligible)


def _item(
    place: int, parts: tuple[Part, ...], chapters: list[int], ineligible: set[int], eligible: set[int]
) -> Item:
    least: set[int] = set()
    most: set[int] = set()
    for part in parts:
        if part.kind in ineligible:
            most.add(part.kind)
        if part.kind in eligible:
            most.add(chapters[part.kind])
        if part.ineligible:
            least.add(part.kind)
        elif part.kind not in ineligible:
            least.add(chapters[part.kind])
    return Item(
        place,
        sum(part.cents for part in parts),
        parts,
        frozenset(part.kind for part in parts),
        frozenset(least),
        frozenset(most),
    )
