"""CP-SAT: is there a plan with one declaration less? Answers are proofs, in either direction.

The model asks for the cap exactly and for declared lines by their lower bound (each feature of an order costs a line), which
every valid plan keeps. So "no" holds for all plans. A "yes" is checked exactly; a declaration that has too many lines all the
same is forbidden as such, order by order, and the question is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.items import Problem
from youju.trade.declarations.planning.loads import Load
from youju.trade.declarations.planning.solver import solve

MOST_CELLS = 4_000
"""Orders times declarations that are asked about at most."""


class Answer(Enum):
    """What is known of a number of declarations."""

    IMPOSSIBLE = "impossible"
    UNKNOWN = "unknown"


def pack_into(problem: Problem, aim: int, effort: float, budget: Budget) -> list[Load] | Answer:
    """A valid plan with at most ``aim`` declarations, or that there is none, or that neither was found.

    Args:
        effort: CP-SAT's deterministic time for all questions together.
    """
    from ortools.sat.python import cp_model

    model, cells = _model(problem, aim)
    while effort > 0 and not budget.spent():
        solver, status = solve(model, effort, budget)
        if status == cp_model.INFEASIBLE:
            return Answer.IMPOSSIBLE
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer.UNKNOWN
        effort -= max(solver.response_proto.deterministic_time, 0.01)
        chosen = [
            [place for place in range(len(problem.items)) if solver.value(cells[place][number])]
            for number in range(aim)
        ]
        loads = [Load(problem, [problem.items[place] for place in each]) for each in chosen if each]
        broken = [load for load in loads if not load.fits()]
        if not broken:
            return loads
        for load in broken:
            _forbid(model, cells, load.items.keys())
    return Answer.UNKNOWN


def _model(problem: Problem, aim: int) -> tuple[Any, list[list[Any]]]:
    """``cells[order][declaration]``; the largest orders stand at fixed places as far as that loses no plan."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    cells = [[model.new_bool_var("") for _ in range(aim)] for _ in problem.items]
    for row in cells:
        model.add_exactly_one(row)
    features = sorted(frozenset().union(*problem.features))
    for number in range(aim):
        model.add(sum(item.size * cells[item.place][number] for item in problem.items) <= problem.cap)
        present = []
        for feature in features:
            holding = [cells[item.place][number] for item in problem.items if feature in item.least]
            if len(holding) == 1:
                present.append(holding[0])
                continue
            seen = model.new_bool_var("")
            for cell in holding:
                model.add_implication(cell, seen)
            present.append(seen)
        if len(present) > problem.terms.max_lines:
            model.add(sum(present) <= problem.terms.max_lines)
    # Declarations have no names: the order of place i stands in one of the first i + 1 of them.
    ordered = sorted(problem.items, key=lambda item: (-item.size, item.place))
    for rank, item in enumerate(ordered[:aim]):
        for number in range(rank + 1, aim):
            model.add(cells[item.place][number] == 0)
    return model, cells


def _forbid(model: Any, cells: Sequence[Sequence[Any]], places: Any) -> None:
    """No declaration holds exactly these orders; with more or fewer it may be valid."""
    for number in range(len(cells[0])):
        inside = [cells[place][number] for place in places]
        outside = [row[number] for place, row in enumerate(cells) if place not in places]
        model.add(sum(inside) - sum(outside) <= len(inside) - 1)
