"""Column generation: a bound that is nearly always exact, and from the same prices a plan that is close to it.

The linear programme over all feasible declarations (Gilmore and Gomory) is solved by adding the declarations that its prices
value most. That pricing is a knapsack; it is solved by dynamic programming over the cap cut into ``CELLS`` cells, with sizes
rounded down, so that its value is never too small. For any whole prices, their sum divided by the largest price of a
declaration is a lower bound, and both are computed in whole numbers: rounding inside the linear solver can make the bound
weaker, never wrong. The number of declared lines is left out of the pricing, which again can only make the bound weaker.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.items import Problem
from youju.trade.declarations.planning.loads import Load
from youju.trade.declarations.planning.master import Master
from youju.trade.declarations.planning.pricing import MOST_ORDERS, SCALE, Pricing
from youju.trade.declarations.planning.starting import place_all

__all__ = ["MOST_ORDERS", "Columns"]

_CLOSE = SCALE // 100_000
_ROUNDING = 1e-6
_SURE, _LIKELY = 0.999, 0.6


class Columns:
    """The linear programme of one problem, begun with the declarations of a known plan."""

    def __init__(self, problem: Problem, loads: Iterable[Load]) -> None:
        self.problem = problem
        self.bound = 0
        self._master = Master(len(problem.items))
        for load in loads:
            self._master.add(frozenset(load.items), valid=True)
        for item in problem.items:  # so that every order can be covered, whatever is closed later
            self._master.add(frozenset((item.place,)), valid=True)

    def raise_bound(self, rounds: int, goal: int, budget: Budget) -> int:
        """The lower bound after at most so many sets of prices; stops once it has reached ``goal``."""
        pricing = Pricing(self.problem, up=False)
        for _ in range(rounds):
            prices = self._master.prices()
            if prices is None or budget.spent():
                break
            best, sets = pricing.best(prices)
            self.bound = max(self.bound, -(-int(prices.sum(dtype="int64")) // max(best, 1)))
            # The programme's value only falls, and no bound gets above it: what is between two whole numbers is of no use.
            done = self.bound >= min(goal, math.ceil(self._master.value - _ROUNDING))
            if done or best <= SCALE + _CLOSE or not self._add(sets):
                break
        return self.bound

    def dive(self, rounds: int, most: int, budget: Budget) -> list[Load] | None:
        """A plan: the declarations that the programme likes best are fixed, the rest is priced again, until all is placed.

        Args:
            rounds: sets of prices tried after each fixing.
            most: give up when so many declarations would not do.
        """
        master, items = self._master, self.problem.items
        pricing = Pricing(self.problem, up=True)
        master.keep_valid()
        fixed: list[Load] = []
        open_places = set(range(len(items)))
        while open_places:
            for _ in range(rounds):
                prices = None if budget.spent() else master.prices()
                if prices is None:
                    return place_all(self.problem, fixed, [items[place] for place in open_places])
                best, sets = pricing.best(prices)
                if best <= SCALE + _CLOSE or not self._add(sets):
                    break
            liked = master.liked(_SURE) or master.liked(_LIKELY) or master.liked(0.0)[:1]
            if not liked or len(fixed) >= most:
                break
            for column in liked:
                if column <= open_places:
                    fixed.append(Load(self.problem, [items[place] for place in sorted(column)]))
                    open_places -= column
                    master.close(column)
        return place_all(self.problem, fixed, [items[place] for place in open_places])

    def _add(self, sets: Iterable[frozenset[int]]) -> bool:
        """Whether any of these sets is new to the programme."""
        added = False
        for each in sorted(sets, key=sorted):
            load = Load(self.problem, [self.problem.items[place] for place in each])
            added |= self._master.add(each, valid=load.fits())
        return added
