"""A declaration being filled: what it holds, whether one more order fits, how many lines it will have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from youju.trade.declarations.planning.items import Item, Part, Problem

Entry: TypeAlias = tuple[int, int, bool, int]
"""A kind in a declaration: its cents below zero, its first line, whether it is ineligible, its number. Sorts by rank."""


def declared_lines(items: Iterable[Item], problem: Problem) -> int:
    """How many lines orders declared together have: as many as ``rules…simplify`` gives, counted without making them."""
    held: dict[int, list[Part]] = {}
    for item in items:
        for part in item.parts:
            held.setdefault(part.kind, []).append(part)
    return _count([_entry(parts) for parts in held.values()], problem)


def _entry(parts: Sequence[Part]) -> Entry:
    if len(parts) == 1:
        kind, cents, first, ineligible = parts[0]
        return -cents, first, ineligible, kind
    return (
        -sum(part.cents for part in parts),
        min(part.first for part in parts),
        any(part.ineligible for part in parts),
        parts[0].kind,
    )


def _count(entries: list[Entry], problem: Problem) -> int:
    terms, chapters = problem.terms, problem.chapters
    if len(entries) < terms.trigger:
        return len(entries)
    entries.sort()
    count, merged = terms.itemised, set()
    for _, _, ineligible, kind in entries[terms.itemised :]:
        if ineligible:
            count += 1
        else:
            merged.add(chapters[kind])
    return min(count, len(entries)) + len(merged)


class Load:
    """The orders of one declaration. Kinds and features are counted, so that most questions need no ranking."""

    __slots__ = ("_entries", "_floor", "_parts", "features", "items", "problem", "room")

    def __init__(self, problem: Problem, items: Iterable[Item] = ()) -> None:
        self.problem = problem
        self.room = problem.cap
        self.items: dict[int, Item] = {}
        self.features: dict[int, int] = {}
        self._parts: dict[int, list[Part]] = {}
        self._entries: dict[int, Entry] = {}
        # Below the trigger every kind is a line, however few features there are.
        self._floor = problem.terms.trigger - 1
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """Put an order in."""
        self.items[item.place] = item
        self.room -= item.size
        for feature in item.most:
            self.features[feature] = self.features.get(feature, 0) + 1
        for part in item.parts:
            parts = self._parts.setdefault(part.kind, [])
            parts.append(part)
            self._entries[part.kind] = _entry(parts)

    def remove(self, item: Item) -> None:
        """Take an order out."""
        del self.items[item.place]
        self.room += item.size
        for feature in item.most:
            if self.features[feature] == 1:
                del self.features[feature]
            else:
                self.features[feature] -= 1
        for part in item.parts:
            parts = self._parts[part.kind]
            parts.remove(part)
            if parts:
                self._entries[part.kind] = _entry(parts)
            else:
                del self._parts[part.kind], self._entries[part.kind]

    @property
    def kinds(self) -> int:
        """How many kinds it holds."""
        return len(self._entries)

    def takes(self, item: Item) -> bool:
        """Whether the declaration with this order keeps to the cap and the number of lines; exact."""
        if item.size > self.room:
            return False
        problem = self.problem
        most = problem.terms.max_lines
        if len(self._entries) + len(item.kinds) <= most:
            return True
        features = len(self.features) + sum(feature not in self.features for feature in item.most)
        if max(self._floor, problem.terms.itemised + features) <= most:
            return True
        if problem.consistent and features > most:
            return False
        return self.lines_with(item) <= most

    def upper_with(self, item: Item) -> int:
        """No more than so many lines with this order."""
        kinds = len(self._entries) + sum(kind not in self._entries for kind in item.kinds)
        features = len(self.features) + sum(feature not in self.features for feature in item.most)
        return min(kinds, max(self._floor, self.problem.terms.itemised + features))

    def lines_with(self, item: Item) -> int:
        """How many lines it would have with this order; exact."""
        entries = [entry for kind, entry in self._entries.items() if kind not in item.kinds]
        entries += [_entry([*self._parts.get(part.kind, ()), part]) for part in item.parts]
        return _count(entries, self.problem)

    def lines(self) -> int:
        """How many lines it has; exact."""
        return _count(list(self._entries.values()), self.problem)

    def fits(self) -> bool:
        """Whether it keeps to the cap and the number of lines; exact."""
        most = self.problem.terms.max_lines
        return self.room >= 0 and (len(self._entries) <= most or self.lines() <= most)
