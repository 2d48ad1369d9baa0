"""Lower bounds on the number of declarations. Each holds for every valid plan, so the largest of them does.

Sizes are whole numbers (cents) and each is at most the capacity. Source of the second bound: Martello and Toth, Knapsack
Problems, 1990, section 8.3; of the third: Fekete and Schepers, Mathematical Programming 91 (2001).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate


def by_sum(sizes: Iterable[int], capacity: int) -> int:
    """All sizes together, divided by the capacity and rounded up."""
    return -(-sum(sizes) // capacity)


def by_large(sizes: Sequence[int], capacity: int) -> int:
    """Martello and Toth's L2: sizes above half the capacity never share, and leave room for only so many others."""
    ordered = sorted(sizes)
    before = list(accumulate(ordered, initial=0))
    half = bisect_right(ordered, capacity // 2)
    best = by_sum(ordered, capacity)
    for threshold in [0, *_distinct(ordered[:half])]:
        alone = bisect_right(ordered, capacity - threshold)
        middle = alone - half
        room = middle * capacity - (before[alone] - before[half])
        small = before[half] - before[bisect_left(ordered, threshold)]
        more = max(0, -(-(small - room) // capacity))
        best = max(best, len(ordered) - alone + middle + more)
    return best


def _distinct(ordered: Sequence[int]) -> list[int]:
    return sorted(set(ordered))


def by_steps(sizes: Sequence[int], capacity: int, steps: Iterable[int]) -> int:
    """Dual feasible functions: each size is replaced by what it takes at least when the capacity is cut into steps."""
    best = 0
    for step in steps:
        total = 0
        for size in sizes:
            parts, rest = divmod(size * (step + 1), capacity)
            total += parts * capacity if rest else size * step
        best = max(best, -(-total // (step * capacity)))
    return best


def by_lines(sizes: Sequence[int], features: Sequence[frozenset[int]], capacity: int, most: int) -> int:
    """Declared lines: each feature of an order takes at least one line in every declaration that holds it.

    A feature is an ineligible kind or a chapter with eligible kinds; a declaration of C chapters and I ineligible kinds has
    at least C + I declared lines, however its goods rank. A feature stands in as many declarations as the orders that hold it
    fill.
    """
    held: dict[int, int] = {}
    for size, each in zip(sizes, features, strict=True):
        for feature in each:
            held[feature] = held.get(feature, 0) + size
    needed = sum(max(1, -(-size // capacity)) for size in held.values())
    return -(-needed // most)


def by_conflicts(sizes: Sequence[int], features: Sequence[frozenset[int]], capacity: int, most: int) -> int:
    """A set of orders no two of which can share a declaration, found greedily: each needs its own."""
    order = sorted(range(len(sizes)), key=lambda place: (-len(features[place]), -sizes[place], place))
    chosen: list[int] = []
    for place in order:
        if all(
            sizes[place] + sizes[other] > capacity or len(features[place] | features[other]) > most
            for other in chosen
        ):
            chosen.append(place)
    return len(chosen)
