"""Chance that comes out the same each time: one stream of numbers for each thing, named by seed, room and index.

A thing's numbers hang on nothing but its name, so the millionth thing is made without making those before it, and a larger
demo begins with the smaller one.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import accumulate
from typing import Generic, TypeVar

_MASK = (1 << 64) - 1
_T = TypeVar("_T")


class Lots(Generic[_T]):
    """Things and how likely each is, made ready for drawing."""

    __slots__ = ("ends", "things")

    def __init__(self, weights: Iterable[tuple[_T, int]]) -> None:
        """Things with their weights."""
        pairs = tuple(weights)
        self.things = tuple(thing for thing, _ in pairs)
        self.ends = tuple(accumulate(weight for _, weight in pairs))


class Chance:
    """SplitMix64 (Steele, Lea, Flood 2014), begun from a hash of the name. For examples, never for secrets."""

    __slots__ = ("_state",)

    def __init__(self, seed: int, room: str, index: int) -> None:
        """The stream of one thing."""
        name = f"{seed}/{room}/{index}".encode()
        self._state = int.from_bytes(blake2b(name, digest_size=8).digest(), "big")

    def bits(self) -> int:
        """The next 64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, not with, ``limit``."""
        return (self.bits() * limit) >> 64

    def between(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        return low + self.below(high - low + 1)

    def percent(self, share: int) -> bool:
        """True in ``share`` of a hundred cases."""
        return self.below(100) < share

    def pick(self, things: Sequence[_T]) -> _T:
        """One of the things, each as likely."""
        return things[self.below(len(things))]

    def draw(self, lots: Lots[_T]) -> _T:
        """One of the things by its weight."""
        return lots.things[bisect(lots.ends, self.below(lots.ends[-1]))]
