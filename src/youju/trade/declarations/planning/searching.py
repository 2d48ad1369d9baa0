"""The search for the fewest declarations: bounds from below and plans from above, until they meet or the effort is spent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from youju.rules.trade.declarations import bounds
from youju.trade.declarations.planning import filling, proving, starting, subsets
from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.items import Item, Problem
from youju.trade.declarations.planning.loads import Load
from youju.trade.declarations.planning.tidying import dissolve, tidy

STEPS = range(1, 40)
"""Into how many parts the cap is cut for the step bounds."""
MOST_FOR_PAIRS = 3_000
"""Orders up to which conflicts between each two are looked at."""
BLOCK = 160
"""Orders that are planned at a time where one linear programme over all is too slow."""

CROWDED = 9
"""Orders to a declaration above which their sum is as good a bound as the linear programme's, and much cheaper."""
FILL_SHARE = 0.25
"""Part of the time left that one filling may take."""
BLOCKS_SHARE = 0.4
"""Part of the time left that blocks may take where all orders together come after them."""
BOUND_SHARE = 0.6
"""Part of the time left that the bound may take before a plan is looked for."""

MANY = 2_000
"""Orders above which more time is given and less is tried."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Counted steps of each search, and the seconds after which the clock ends it all."""

    seconds: float = 7.0
    nodes: int = 300
    rounds: int = 2_000
    proof: float = 4.0
    trials: int = 6_000

    @classmethod
    def for_orders(cls, count: int) -> Effort:
        """What is usual for so many orders."""
        return cls() if count <= MANY else cls(seconds=25.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Loads, and the number of declarations of which no plan has fewer."""

    loads: list[Load]
    bound: int


def search(problem: Problem, effort: Effort, budget: Budget) -> Outcome:
    """The best plan found for orders that each fit a declaration on their own."""
    if sum(problem.sizes) <= problem.cap and problem.items:
        # Most packings fit one declaration: nothing is to be searched then.
        whole = Load(problem, list(problem.items))
        if whole.lines() <= problem.terms.max_lines:
            return Outcome([whole], 1)
    if len(problem.items) <= subsets.MOST_ORDERS:
        loads = subsets.partition(problem)
        return Outcome(loads, len(loads))
    bound = cheap_bound(problem)
    best = _started(problem, bound, budget)
    if bound < len(best) <= MANY:
        best = dissolve(best, budget)
    best, bound = _improved(problem, best, bound, effort, budget)
    if len(best) > bound and len(problem.items) * (len(best) - 1) <= proving.MOST_CELLS:
        best, bound = _proved(problem, best, bound, effort, budget)
    tidy(best, effort.trials, budget)
    return Outcome(best, bound)


def cheap_bound(problem: Problem) -> int:
    """The largest of the bounds that need no search."""
    sizes, features, cap, most = problem.sizes, problem.features, problem.cap, problem.terms.max_lines
    found = [bounds.by_large(sizes, cap), bounds.by_lines(sizes, features, cap, most)]
    if len(sizes) <= MOST_FOR_PAIRS:
        found += [bounds.by_steps(sizes, cap, STEPS), bounds.by_conflicts(sizes, features, cap, most)]
    return max(found)


def _started(problem: Problem, bound: int, budget: Budget) -> list[Load]:
    """The best of the first plans: fewest declarations, then fewest lines. Many orders stop at a plan that meets the bound."""
    many = len(problem.items) > MANY
    best = starting.best_fit(problem)
    ways: list[Callable[[Problem], list[Load]]] = [
        partial(starting.best_fit, company=True),
        partial(starting.best_fit, order=starting.by_lines, company=True),
        *([] if many else [starting.gathered]),
    ]
    for way in ways:
        if budget.spent() or (many and len(best) == bound):
            break
        best = min(best, way(problem), key=_worth)
    return best


def _worth(loads: Sequence[Load]) -> tuple[int, int]:
    return len(loads), sum(load.lines() for load in loads)


def _improved(
    problem: Problem, best: list[Load], bound: int, effort: Effort, budget: Budget
) -> tuple[list[Load], int]:
    """Column generation where few orders make a declaration, else filling: each where it gets furthest."""
    if len(best) == bound or budget.spent():
        return best, bound
    if len(problem.items) <= CROWDED * len(best):
        return _by_columns(problem, best, bound, effort, budget)
    return _filled(problem, best, bound, effort, budget), bound


def _filled(problem: Problem, best: list[Load], bound: int, effort: Effort, budget: Budget) -> list[Load]:
    """Minimum bin slack, aimed at the bound and then at one declaration less."""
    ordered = starting.by_size(problem.items)
    for aim in sorted({bound, len(best) - 1}):
        if bound <= aim < len(best):
            found = filling.fill(problem, ordered, aim, effort.nodes, budget.part(FILL_SHARE))
            if found is not None:
                return found
    return best


def _by_columns(
    problem: Problem, best: list[Load], bound: int, effort: Effort, budget: Budget
) -> tuple[list[Load], int]:
    """Column generation block by block, which is fast, and then over all orders if they are not too many for the bound."""
    from youju.trade.declarations.planning.columns import MOST_ORDERS, Columns

    orders = len(problem.items)
    if orders > 2 * BLOCK:
        best = _by_blocks(
            problem, best, effort, budget if orders > MOST_ORDERS else budget.part(BLOCKS_SHARE)
        )
    if orders > MOST_ORDERS or len(best) == bound:
        return best, bound
    columns = Columns(problem, best)
    bound = max(bound, columns.raise_bound(effort.rounds, len(best), budget.part(BOUND_SHARE)))
    if len(best) > bound:
        found = columns.dive(effort.rounds, len(best), budget)
        if found is not None and len(found) < len(best):
            best = found
    return best, bound


def _by_blocks(problem: Problem, best: list[Load], effort: Effort, budget: Budget) -> list[Load]:
    """Blocks that are like the whole, each planned alone; then the emptiest declarations of all are planned anew."""
    ordered = starting.by_size(problem.items)
    count = -(-len(ordered) // BLOCK)
    loads: list[Load] = []
    for number in range(count):
        loads += _block(problem, ordered[number::count], effort, budget)
    loads.sort(key=lambda load: (-load.room, min(load.items)))
    open_orders = [item for load in loads[: 2 * count] for item in load.items.values()]
    again = _block(problem, open_orders, effort, budget)
    found = [*again, *loads[2 * count :]] if len(again) < 2 * count else loads
    return found if len(found) < len(best) else best


def _block(problem: Problem, items: Sequence[Item], effort: Effort, budget: Budget) -> list[Load]:
    """A plan for some of the orders, made as if they were all."""
    if not items:
        return []
    part = replace(problem, items=tuple(replace(item, place=place) for place, item in enumerate(items)))
    loads = starting.best_fit(part)
    bound = cheap_bound(part)
    loads, _ = _improved(part, loads, bound, effort, budget)
    return [Load(problem, [items[place] for place in load.items]) for load in loads]


def _proved(
    problem: Problem, best: list[Load], bound: int, effort: Effort, budget: Budget
) -> tuple[list[Load], int]:
    """Ask for one declaration less until there is none."""
    while len(best) > bound and not budget.spent():
        answer = proving.pack_into(problem, len(best) - 1, effort.proof, budget)
        if answer is proving.Answer.IMPOSSIBLE:
            return best, len(best)
        if not isinstance(answer, list):
            break
        best = answer
    return best, bound
