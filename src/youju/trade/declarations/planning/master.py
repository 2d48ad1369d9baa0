"""The linear programme over declarations: each order is covered, by as few declarations as possible. It grows by columns."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from youju.trade.declarations.planning.pricing import SCALE

_NONE = 1e-6


class Master:
    """Columns are sets of places of orders. A column that is not ``valid`` helps the bound alone."""

    def __init__(self, orders: int) -> None:
        from ortools.linear_solver import pywraplp

        self._solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self._rows = [self._solver.Constraint(1.0, self._solver.infinity()) for _ in range(orders)]
        self._columns: dict[frozenset[int], Any] = {}
        self._invalid: list[frozenset[int]] = []
        self._holding: list[list[frozenset[int]]] = [[] for _ in range(orders)]
        self._solver.Objective().SetMinimization()
        self._only_valid = False
        self.value = math.inf
        self._used: list[tuple[float, frozenset[int]]] = []

    def add(self, column: frozenset[int], *, valid: bool) -> bool:
        """Add a column; whether it is a new one."""
        if column in self._columns or (self._only_valid and not valid):
            return False
        variable = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._solver.Objective().SetCoefficient(variable, 1.0)
        for place in sorted(column):
            self._rows[place].SetCoefficient(variable, 1.0)
            self._holding[place].append(column)
        self._columns[column] = variable
        if not valid:
            self._invalid.append(column)
        return True

    def prices(self) -> NDArray[np.int32] | None:
        """What each order is worth in declarations, in parts of ``SCALE``; ``None`` where the solver gave up."""
        if self._solver.Solve() != self._solver.OPTIMAL:
            return None
        self.value = self._solver.Objective().Value()
        values = ((variable.solution_value(), column) for column, variable in self._columns.items())
        self._used = [(value, column) for value, column in values if value > _NONE]
        return np.array([max(0, math.floor(row.dual_value() * SCALE)) for row in self._rows], dtype=np.int32)

    def liked(self, least: float) -> list[frozenset[int]]:
        """Columns that the last solution uses to at least ``least`` and at all, most used first."""
        chosen = [(-value, sorted(column), column) for value, column in self._used if value >= least]
        return [column for _, _, column in sorted(chosen, key=lambda each: each[:2])]

    def keep_valid(self) -> None:
        """From now on only valid columns may be used."""
        self._only_valid = True
        for column in self._invalid:
            self._columns.pop(column).SetUb(0.0)

    def close(self, column: frozenset[int]) -> None:
        """These orders are placed: they need no cover, and no other column may hold them."""
        for place in column:
            self._rows[place].SetBounds(0.0, self._solver.infinity())
            for other in self._holding[place]:
                variable = self._columns.pop(other, None)
                if variable is not None:
                    variable.SetUb(0.0)
            self._holding[place] = []
