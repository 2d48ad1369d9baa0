"""A declaration being filled: what it holds, whether one more order fits, how many lines it will have."""

from __future__ import annotations

from collections.abc import Iterable

from youju.trade.declarations.planning.items import Item, Problem


def declared_lines(items: Iterable[Item], problem: Problem) -> int:
    """How many lines orders declared together have: as many as ``rules…simplify`` gives, counted without making them."""
    held: dict[int, list[int]] = {}
    for item in items:
        for kind, cents, first, ineligible in item.parts:
            known = held.get(kind)
            if known is None:
                held[kind] = [-cents, first, ineligible, kind]
            else:
                known[0] -= cents
                known[1] = min(known[1], first)
                known[2] |= ineligible
    terms, chapters = problem.terms, problem.chapters
    if len(held) < terms.trigger:
        return len(held)
    rest = sorted(held.values())[terms.itemised :]
    alone = sum(each[2] for each in rest)
    merged = {chapters[each[3]] for each in rest if not each[2]}
    return len(held) - len(rest) + alone + len(merged)


class Load:
    """The orders of one declaration. Counts of kinds and features are kept, so that most questions need no sorting."""

    __slots__ = ("_floor", "features", "items", "kinds", "problem", "room")

    def __init__(self, problem: Problem, items: Iterable[Item] = ()) -> None:
        self.problem = problem
        self.room = problem.cap
        self.items: dict[int, Item] = {}
        self.kinds: dict[int, int] = {}
        self.features: dict[int, int] = {}
        # Below the trigger every kind is a line, however few features there are.
        self._floor = problem.terms.trigger - 1
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """Put an order in."""
        self.items[item.place] = item
        self.room -= item.size
        for counts, keys in ((self.kinds, item.kinds), (self.features, item.most)):
            for key in keys:
                counts[key] = counts.get(key, 0) + 1

    def remove(self, item: Item) -> None:
        """Take an order out."""
        del self.items[item.place]
        self.room += item.size
        for counts, keys in ((self.kinds, item.kinds), (self.features, item.most)):
            for key in keys:
                if counts[key] == 1:
                    del counts[key]
                else:
                    counts[key] -= 1

    def takes(self, item: Item) -> bool:
        """Whether the declaration with this order keeps to the cap and the number of lines; exact."""
        if item.size > self.room:
            return False
        most = self.problem.terms.max_lines
        if len(self.kinds) + len(item.kinds) <= most or self.upper_with(item) <= most:
            return True
        return declared_lines([*self.items.values(), item], self.problem) <= most

    def upper_with(self, item: Item) -> int:
        """No more than so many lines with this order."""
        kinds = len(self.kinds) + sum(kind not in self.kinds for kind in item.kinds)
        features = len(self.features) + sum(feature not in self.features for feature in item.most)
        return min(kinds, max(self._floor, self.problem.terms.itemised + features))

    def lines(self) -> int:
        """How many lines it has; exact."""
        return declared_lines(self.items.values(), self.problem)

    def fits(self) -> bool:
        """Whether it keeps to the cap and the number of lines; exact."""
        return self.room >= 0 and (
            len(self.kinds) <= self.problem.terms.max_lines or self.lines() <= self.problem.terms.max_lines
        )
