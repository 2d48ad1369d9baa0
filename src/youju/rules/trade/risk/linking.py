"""Parties tied by what they share: union-find over ties, and what lies around one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Unions:
    """Disjoint sets with path halving and union by size."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._size: dict[int, int] = {}

    def find(self, one: int) -> int:
        """The set's present root."""
        parent = self._parent
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make their sets one."""
        first, second = self.find(one), self.find(other)
        if first == second:
            return
        sizes = self._size
        if sizes.get(first, 1) < sizes.get(second, 1):
            first, second = second, first
        self._parent[second] = first
        sizes[first] = sizes.get(first, 1) + sizes.get(second, 1)

    def groups(self) -> dict[int, list[int]]:
        """Each set under its least member, members ascending."""
        found: dict[int, list[int]] = {}
        for one in sorted(self._parent):
            found.setdefault(self.find(one), []).append(one)
        return {members[0]: members for members in found.values()}


def components(ties: Iterable[tuple[str, str, int]]) -> dict[int, list[int]]:
    """Components of two parties or more, from (kind, value, party): least member → members."""
    unions = Unions()
    first: dict[tuple[str, str], int] = {}
    for kind, value, party in ties:
        unions.join(first.setdefault((kind, value), party), party)
    return {key: members for key, members in unions.groups().items() if len(members) > 1}


def around(party: int, ties: Mapping[int, Sequence[int]], most: int) -> list[int]:
    """The parties nearest to one, by steps and then by id, at most so many; the party itself first."""
    seen, ring = [party], [party]
    known = {party}
    while ring and len(seen) < most:
        following = sorted({other for one in ring for other in ties.get(one, ()) if other not in known})
        seen += following[: most - len(seen)]
        known.update(following)
        ring = following
    return seen
