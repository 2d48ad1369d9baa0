"""Minimum bin slack: declaration by declaration, the set of orders that leaves least room is searched for.

After Gupta and Ho (1999) and Fleszar and Hindi (2002): the largest order left is always in; the search is a bounded
depth-first one over the others by size, and stops at a room that the number of declarations aimed at can afford.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.items import Item, Problem
from youju.trade.declarations.planning.loads import Load


def fill(problem: Problem, items: Sequence[Item], aim: int, nodes: int, budget: Budget) -> list[Load] | None:
    """Pack orders into at most ``aim`` declarations, or ``None`` where this search does not find a way.

    Args:
        items: largest first, or in any other order in which the search should prefer them.
        nodes: steps of the search for one declaration.
    """
    left = list(items)
    spare = aim * problem.cap - sum(item.size for item in left)
    loads: list[Load] = []
    while left:
        if len(loads) == aim or spare < 0 or budget.spent():
            return None
        load = _fullest(problem, left, spare // (aim - len(loads)), nodes)
        loads.append(load)
        spare -= load.room
        left = [item for item in left if item.place not in load.items]
    return loads


def _fullest(problem: Problem, left: Sequence[Item], enough: int, nodes: int) -> Load:
    """The load with the first order that leaves least room, or ``enough`` or less."""
    load = Load(problem, left[:1])
    search = _Search(load, left[1:], enough, nodes)
    search.run(0)
    return Load(problem, [left[0], *search.best])


class _Search:
    """Depth first over orders by size; ``best`` is the fullest set found so far."""

    def __init__(self, load: Load, items: Sequence[Item], enough: int, nodes: int) -> None:
        self.items = sorted(items, key=lambda item: -item.size)
        self._down = [-item.size for item in self.items]
        self._after = [*accumulate((item.size for item in reversed(self.items)), initial=0)][::-1]
        self.load, self.enough, self.nodes = load, enough, nodes
        self.best: list[Item] = []
        self.room = load.room
        self._chosen: list[Item] = []

    def run(self, place: int) -> bool:
        """Search from a place on; whether to stop for good."""
        load = self.load
        if load.room < self.room:
            self.room, self.best = load.room, list(self._chosen)
        if self.room <= self.enough or self.nodes <= 0:
            return True
        place = bisect_left(self._down, -load.room, place)
        while place < len(self.items):
            if load.room - self._after[place] >= self.room:
                return False
            item = self.items[place]
            self.nodes -= 1
            if load.takes(item):
                load.add(item)
                self._chosen.append(item)
                stop = self.run(place + 1)
                self._chosen.pop()
                load.remove(item)
                if stop:
                    return True
            if self.nodes <= 0:
                return True
            place += 1
        return False
