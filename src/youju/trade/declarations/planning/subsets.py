"""Few orders: all ways to put them together are compared, so both the declarations and their lines are the fewest possible."""

from __future__ import annotations

from youju.trade.declarations.planning.items import Problem
from youju.trade.declarations.planning.loads import Load, declared_lines

MOST_ORDERS = 11


def partition(problem: Problem) -> list[Load]:
    """The best plan by dynamic programming over sets of orders, each set a number with a bit for each order."""
    items = problem.items
    everything = (1 << len(items)) - 1
    lines = _lines_by_set(problem)
    # set → (declarations, lines, the declaration that holds its lowest order)
    best: list[tuple[int, int, int]] = [(0, 0, 0)]
    for whole in range(1, everything + 1):
        lowest = whole & -whole
        rest = part = whole ^ lowest
        found = (len(items) + 1, 0, 0)
        while True:
            alone = part | lowest
            if lines[alone]:
                count, total, _ = best[whole ^ alone]
                found = min(found, (count + 1, total + lines[alone], alone))
            if not part:
                break
            part = (part - 1) & rest
        best.append(found)
    loads = []
    left = everything
    while left:
        chosen = best[left][2]
        loads.append(Load(problem, [item for item in items if chosen >> item.place & 1]))
        left ^= chosen
    return loads


def _lines_by_set(problem: Problem) -> list[int]:
    """Declared lines of each set of orders; 0 for a set that is no valid declaration."""
    items, most = problem.items, problem.terms.max_lines
    sizes, lines = [0], [0]
    for chosen in range(1, 1 << len(items)):
        lowest = (chosen & -chosen).bit_length() - 1
        size = sizes[chosen & (chosen - 1)] + items[lowest].size
        sizes.append(size)
        count = 0
        if size <= problem.cap:
            count = declared_lines([item for item in items if chosen >> item.place & 1], problem)
        lines.append(count if count <= most else 0)
    return lines
