"""A first plan, fast: best fit decreasing, and a variant that looks for company of the same goods."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence

from youju.trade.declarations.planning.items import Item, Problem
from youju.trade.declarations.planning.loads import Load

TRIED = 40
"""How many declarations with room the second way looks at for an order."""


def by_size(items: Sequence[Item]) -> list[Item]:
    """Largest first."""
    return sorted(items, key=lambda item: (-item.size, item.place))


def by_lines(items: Sequence[Item]) -> list[Item]:
    """Most features first, then largest."""
    return sorted(items, key=lambda item: (-len(item.most), -item.size, item.place))


def first_fit(problem: Problem) -> list[Load]:
    """First fit decreasing: the yardstick, and the planner's peer in the benchmark."""
    loads: list[Load] = []
    for item in by_size(problem.items):
        for load in loads:
            if load.takes(item):
                load.add(item)
                break
        else:
            loads.append(Load(problem, [item]))
    return loads


def best_fit(
    problem: Problem, order: Callable[[Sequence[Item]], list[Item]] = by_size, *, company: bool = False
) -> list[Load]:
    """Each order into the fullest declaration that takes it.

    ``company``: among the fullest ``TRIED`` that take it, the one to which it adds fewest lines.
    """
    return place_all(problem, [], order(problem.items), company=company)


def place_all(
    problem: Problem, loads: Sequence[Load], items: Sequence[Item], *, company: bool = False
) -> list[Load]:
    """Put orders, in the order given or largest first where loads are given, into declarations by best fit.

    The given loads are filled further; new ones follow them.
    """
    loads = list(loads)
    rooms = sorted((load.room, number) for number, load in enumerate(loads))
    for item in by_size(items) if loads else items:
        start = bisect_left(rooms, (item.size, -1))
        chosen, least, tried = -1, 0, 0
        for place in range(start, len(rooms)):
            load = loads[rooms[place][1]]
            if not load.takes(item):
                continue
            if not company:
                chosen = place
                break
            added = load.upper_with(item) - min(load.kinds, problem.terms.itemised + len(load.features))
            if chosen < 0 or added < least:
                chosen, least = place, added
            tried += 1
            if tried >= TRIED or least <= 0:
                break
        if chosen < 0:
            loads.append(Load(problem, [item]))
            insort(rooms, (loads[-1].room, len(loads) - 1))
            continue
        _, number = rooms.pop(chosen)
        loads[number].add(item)
        insort(rooms, (loads[number].room, number))
    return loads


def gathered(problem: Problem) -> list[Load]:
    """Declaration by declaration: the order with most features left, and then the ones that add fewest lines for their size.

    Good where lines are scarce, and for few lines altogether; it looks at each order for each place.
    """
    left = {item.place: item for item in by_lines(problem.items)}
    loads: list[Load] = []
    while left:
        load = Load(problem, [left.pop(next(iter(left)))])
        loads.append(load)
        while left:
            found = min(left.values(), key=lambda item: _cost(item, load))
            if _cost(found, load)[0] == _NEVER:
                break
            if load.takes(found):
                load.add(left.pop(found.place))
            else:
                rest = [item for item in left.values() if load.takes(item)]
                if not rest:
                    break
                found = min(rest, key=lambda item: _cost(item, load))
                load.add(left.pop(found.place))
    return loads


_NEVER = float("inf")


def _cost(item: Item, load: Load) -> tuple[float, int, int]:
    """Features that an order adds for its size; ties to the larger one."""
    if item.size > load.room:
        return _NEVER, 0, item.place
    added = sum(feature not in load.features for feature in item.most)
    return added / max(item.size, 1), -item.size, item.place
