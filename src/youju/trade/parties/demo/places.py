"""The demo's markets and stalls: numbered by arithmetic, let in order to merchants of a fitting trade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import ceil

from youju.trade.parties.demo.tables import authored

_EMPTY_EVERY = 12


@dataclass(frozen=True, slots=True)
class Floor:
    """A floor of a market at some scale."""

    level: int
    rows: int
    positions: int

    @property
    def stalls(self) -> int:
        """How many places it has."""
        return self.rows * self.positions


@dataclass(frozen=True, slots=True)
class DemoMarket:
    """A market at some scale; ``first`` is the place of its first stall among all stalls."""

    code: str
    name: str
    profiles: tuple[str, ...]
    floors: tuple[Floor, ...]
    first: int

    @property
    def stalls(self) -> int:
        """How many places it has."""
        return sum(floor.stalls for floor in self.floors)


@dataclass(frozen=True, slots=True)
class Place:
    """One stall; ``index`` is its place among all stalls."""

    index: int
    market: int
    market_code: str
    market_name: str
    floor: int
    row: int
    position: int

    @property
    def number(self) -> str:
        """What stands on the sign: floor, row, position."""
        level = f"B{-self.floor}" if self.floor < 0 else str(self.floor)
        return f"{level}-{self.row:02d}-{self.position:02d}"


@cache
def markets(scale: float) -> tuple[DemoMarket, ...]:
    """The markets with as many rows as the scale needs."""
    found: list[DemoMarket] = []
    first = 0
    for each in authored("markets")["markets"]:
        floors = tuple(
            Floor(level, max(1, ceil(size["rows"] * scale)), size["positions"])
            for level, size in each["floors"].items()
        )
        found.append(DemoMarket(each["code"], each["name"], tuple(each["profiles"]), floors, first))
        first += found[-1].stalls
    return tuple(found)


def places(scale: float) -> Iterator[Place]:
    """Every stall, in the order of its index."""
    for number, market in enumerate(markets(scale)):
        for ordinal in range(market.stalls):
            yield place(scale, number, ordinal)


def place(scale: float, market: int, ordinal: int) -> Place:
    """The stall of a market with the ordinal."""
    found = markets(scale)[market]
    left = ordinal
    for floor in found.floors:
        if left < floor.stalls:
            row, position = divmod(left, floor.positions)
            return Place(
                found.first + ordinal, market, found.code, found.name, floor.level, row + 1, position + 1
            )
        left -= floor.stalls
    raise IndexError(ordinal)


class Letting:
    """Who comes first takes the next place of a market of his trade, else of the emptiest; some places stay empty."""

    def __init__(self, scale: float) -> None:
        """Every place is free."""
        self._scale = scale
        self._markets = markets(scale)
        self._let = [0] * len(self._markets)

    def take(self, profile: str) -> Place | None:
        """The next free place, or none where all markets are full."""
        left = [
            (market.stalls - self._used(number), profile in market.profiles, number)
            for number, market in enumerate(self._markets)
        ]
        fitting = [(free, number) for free, fits, number in left if fits and free > 0]
        free, number = max(fitting or [(free, number) for free, _, number in left])
        if free <= 0:
            return None
        ordinal = self._used(number)
        self._let[number] += 1
        return place(self._scale, number, ordinal)

    def _used(self, number: int) -> int:
        return self._let[number] + self._let[number] // _EMPTY_EVERY
