"""How CP-SAT is run: one worker, a fixed seed, an effort counted in its own deterministic time."""

from __future__ import annotations

from typing import Any

from youju.trade.declarations.planning.budget import Budget


def solve(model: Any, effort: float, budget: Budget) -> tuple[Any, Any]:
    """Solve a model; the solver with its values, and its status.

    Args:
        effort: deterministic time, about a second of work each; the same model ends the same way on any day.
        budget: the clock cuts off what takes longer all the same.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = max(0.01, budget.left())
    return solver, solver.solve(model)
