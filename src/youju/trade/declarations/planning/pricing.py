"""Which set of orders within the cap is worth most at given prices: a knapsack over the cap cut into cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from youju.trade.declarations.planning.items import Problem

CELLS = 4_000
SCALE = 1 << 20
"""Prices are whole multiples of one part in so many; the prices of ``MOST_ORDERS`` orders together fit 32 bits."""
MOST_ORDERS = 1_500
SEEDS = 80
"""Sets that are given back at most, each the best around another order."""


class Pricing:
    """Dynamic programming. Sizes rounded down make its value never too small, rounded ``up`` its sets never too large."""

    def __init__(self, problem: Problem, *, up: bool) -> None:
        sizes, cap = problem.sizes, problem.cap
        self._cells = [-(-size * CELLS // cap) if up else size * CELLS // cap for size in sizes]
        self._order = sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))

    def best(self, prices: NDArray[np.int32]) -> tuple[int, set[frozenset[int]]]:
        """The largest value of a set in parts of ``SCALE``; a set that has it, and others worth more than a declaration."""
        worth = np.zeros(CELLS + 1, dtype=np.int32)
        wanted = [place for place in self._order if prices[place] > 0]
        taken = np.zeros((len(wanted), CELLS + 1), dtype=bool)
        for row, place in enumerate(wanted):
            cells = self._cells[place]
            with_it = worth[: CELLS + 1 - cells] + prices[place]
            np.greater(with_it, worth[cells:], out=taken[row, cells:])
            np.maximum(with_it, worth[cells:], out=worth[cells:])
        found = {self._set(wanted, taken, CELLS)}
        values = prices[wanted].astype(np.int64) + worth[[CELLS - self._cells[place] for place in wanted]]
        for row in np.argsort(-values, kind="stable")[:: max(1, len(wanted) // SEEDS)].tolist():
            if values[row] <= SCALE:
                break
            place = wanted[row]
            others = self._set(wanted, taken, CELLS - self._cells[place])
            if place not in others:
                found.add(others | {place})
        return int(worth[CELLS]), found - {frozenset()}

    def _set(self, wanted: list[int], taken: NDArray[np.bool_], left: int) -> frozenset[int]:
        """The best set within so many cells."""
        chosen = []
        for row in range(len(wanted) - 1, -1, -1):
            if taken[row, left]:
                chosen.append(wanted[row])
                left -= self._cells[wanted[row]]
        return frozenset(chosen)
