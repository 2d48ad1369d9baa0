"""Orders moved about in a plan: to empty a declaration, and with as many declarations to have fewer declared lines."""

from __future__ import annotations

from collections.abc import Sequence

from youju.trade.declarations.planning.budget import Budget
from youju.trade.declarations.planning.items import Item
from youju.trade.declarations.planning.loads import Load

COMPANY = 6
"""Declarations that share most goods with an order and are tried for it."""


def dissolve(loads: Sequence[Load], budget: Budget) -> list[Load]:
    """The plan without the declarations whose orders all fit into others; the emptiest are tried first."""
    kept = sorted(loads, key=lambda load: (-load.room, min(load.items)))
    for load in list(kept):
        if budget.spent():
            break
        others = sorted((other for other in kept if other is not load), key=lambda other: other.room)
        placed: list[tuple[Item, Load]] = []
        for item in sorted(load.items.values(), key=lambda item: (-item.size, item.place)):
            target = next((other for other in others if other.takes(item)), None)
            if target is None:
                break
            target.add(item)
            placed.append((item, target))
        if len(placed) == len(load.items):
            kept.remove(load)
        else:
            for item, target in placed:
                target.remove(item)
    return kept


def tidy(loads: Sequence[Load], trials: int, budget: Budget) -> None:
    """Change loads in place; none becomes empty or breaks a limit. ``trials``: exact counts of lines that may be made."""
    counts = {id(load): load.lines() for load in loads}
    left = trials
    improved = True
    while improved and left > 0:
        improved = False
        for load in loads:
            for item in sorted(load.items.values(), key=lambda item: item.place):
                if left <= 0 or budget.spent():
                    return
                for other in _company(item, load, loads):
                    left -= 1
                    if _moved(item, load, other, counts) or _swapped(item, load, other, counts):
                        improved = True
                        break


def _company(item: Item, load: Load, loads: Sequence[Load]) -> list[Load]:
    """Other declarations by how many of the order's features they have already."""
    ranked = [
        (-sum(feature in other.features for feature in item.most), number)
        for number, other in enumerate(loads)
        if other is not load
    ]
    return [loads[number] for shared, number in sorted(ranked)[:COMPANY] if shared < 0]


def _moved(item: Item, load: Load, other: Load, counts: dict[int, int]) -> bool:
    if len(load.items) == 1 or not other.takes(item):
        return False
    return _kept([(item, load, other)], counts)


def _swapped(item: Item, load: Load, other: Load, counts: dict[int, int]) -> bool:
    near = sorted(other.items.values(), key=lambda each: (abs(each.size - item.size), each.place))
    return any(
        _kept([(item, load, other), (partner, other, load)], counts)
        for partner in near[:2]
        if load.room + item.size >= partner.size and other.room + partner.size >= item.size
    )


def _kept(moves: Sequence[tuple[Item, Load, Load]], counts: dict[int, int]) -> bool:
    """Make the moves; take them back unless they save lines and break nothing."""
    _, one, two = moves[0]
    for item, source, target in moves:
        source.remove(item)
        target.add(item)
    first, second = one.lines(), two.lines()
    most = one.problem.terms.max_lines
    if max(first, second) <= most and first + second < counts[id(one)] + counts[id(two)]:
        counts[id(one)], counts[id(two)] = first, second
        return True
    for item, source, target in moves:
        target.remove(item)
        source.add(item)
    return False
