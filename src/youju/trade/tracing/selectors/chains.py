"""The chain itself: for order lines their goods, merchants, stalls, what came back, where they are packed and declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Generic, TypeVar

from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.tracing.balancing import Balance, Imbalance, imbalances
from youju.trade.declarations.selectors.chains import (
    TracedSource,
    declared_of,
    stream_sources,
    traced_sources,
)
from youju.trade.goods.selectors.tracing import TracedGood, traced_goods
from youju.trade.orders.selectors.tracing import (
    TracedLine,
    merchants_and_goods,
    returned_of,
    stream_lines,
    traced_lines,
)
from youju.trade.packing.selectors.tracing import GoneInto, TracedPart, gone_into, stream_parts, traced_parts
from youju.trade.parties.selectors.tracing import NOBODY, TracedSeller, TracedStall, sellers, stall_on
from youju.trade.tracing.selectors.scopes import Scope

Row = TypeVar("Row", TracedPart, TracedSource)
_NOTHING = Amounts()
_NOWHERE = GoneInto(_NOTHING, _NOTHING)
Way = tuple[TracedPart | None, TracedSource | None]
"""One way that goods of a line went: into a container, into a declaration; either may be missing."""


@dataclass(frozen=True, slots=True)
class ChainLine:
    """An order line with its whole chain, both ways. ``good`` is missing where the asker may not read the catalogue."""

    line: TracedLine
    good: TracedGood | None
    merchant: tuple[str, str]
    stall: TracedStall | None
    balance: Balance
    imbalances: tuple[Imbalance, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """The same as one row for each way, as it is exported."""

    line: TracedLine
    good: TracedGood | None
    merchant: tuple[str, str]
    stall: TracedStall | None
    returned: Amounts
    part: TracedPart | None
    source: TracedSource | None


@dataclass(frozen=True, slots=True)
class _Around:
    """What is looked up once for many lines."""

    goods: Mapping[int, TracedGood]
    sellers: Mapping[int, TracedSeller]

    def of(self, line: TracedLine) -> tuple[TracedGood | None, tuple[str, str], TracedStall | None]:
        seller = self.sellers.get(line.merchant, NOBODY)
        return (
            self.goods.get(line.good),
            (seller.number, seller.name),
            stall_on(seller.stalls, line.ordered_on),
        )


def around(merchants: Sequence[int], goods: Sequence[int]) -> _Around:
    """Names and stalls of merchants, and goods. Two queries."""
    return _Around(traced_goods(goods), sellers(merchants))


def chain_lines(scope: Scope, ids: Sequence[int]) -> list[ChainLine]:
    """The chain of some lines of a scope, by id. Eight queries, however many lines."""
    lines = traced_lines(ids)
    found = around(sorted({line.merchant for line in lines}), sorted({line.good for line in lines}))
    back, gone, declared = returned_of(ids), gone_into(ids), declared_of(ids)
    parts = _by_line(traced_parts(ids, scope.packed))
    sources = _by_line(traced_sources(ids, scope.sources_within, scope.declaration, scope.g_no))
    rows = []
    for line in lines:
        into = gone.get(line.id, _NOWHERE)
        balance = Balance(
            line.amounts,
            back.get(line.id, _NOTHING),
            into.consolidated,
            into.packed,
            declared.get(line.id, _NOTHING),
        )
        # A declaration states no volume: there it weighs what is packed.
        shown = _volume_of(balance)
        rows.append(
            ChainLine(
                line,
                *found.of(line),
                shown,
                imbalances(shown),
                ways(parts.get(line.id, ()), sources.get(line.id, ())),
            )
        )
    return rows


def chain_rows(scope: Scope) -> Iterator[ChainRow]:
    """The whole chain of a scope, row by row, in flat memory: as many queries for a hundred thousand lines as for one.

    The rooms' rows come from one cursor each, all in the order of the lines, and are joined as they come.
    """
    ids = scope.ids
    back = returned_of(ids)
    parts = _Following(stream_parts(ids, scope.packed))
    sources = _Following(stream_sources(ids, scope.sources_within, scope.declaration, scope.g_no))
    found = around(*merchants_and_goods(ids))
    for line in stream_lines(ids):
        good, merchant, stall = found.of(line)
        returned = back.get(line.id, _NOTHING)
        for part, source in ways(parts(line.id), sources(line.id)):
            yield ChainRow(line, good, merchant, stall, returned, part, source)


def ways(parts: Sequence[TracedPart], sources: Sequence[TracedSource]) -> tuple[Way, ...]:
    """Packed parts joined with what declares them; live ones first. What is nowhere is one way of two blanks."""
    if not parts and not sources:
        return ((None, None),)
    by_part: dict[int | None, list[TracedSource]] = {}
    for source in sources:
        by_part.setdefault(source.packed, []).append(source)
    found: list[Way] = []
    for part in parts:
        declared = by_part.pop(part.id, None)
        if declared is None:
            found.append((part, None))
        else:
            found += [(part, each) for each in sorted(declared, key=_dead)]
    found += [(None, each) for left in by_part.values() for each in left]
    return tuple(found)


def _dead(source: TracedSource) -> bool:
    return not source.live


def _volume_of(balance: Balance) -> Balance:
    declared, packed = balance.declared, balance.packed
    volume = packed.volume if declared.quantity == packed.quantity else min(packed.volume, declared.volume)
    declared = Amounts(
        declared.quantity,
        declared.packages,
        declared.net_weight,
        declared.gross_weight,
        volume,
        declared.amount,
    )
    return Balance(balance.ordered, balance.returned, balance.consolidated, packed, declared)


def _by_line(rows: Sequence[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.order_line, []).append(row)
    return found


class _Following(Generic[Row]):
    """Rows that come sorted by line, handed out line by line to who asks in the same order."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups: Iterator[tuple[int, Iterator[Row]]] = groupby(rows, key=lambda row: row.order_line)
        self._next: tuple[int, Iterator[Row]] | None = next(self._groups, None)

    def __call__(self, line: int) -> Sequence[Row]:
        """The rows of a line."""
        while self._next is not None and self._next[0] < line:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != line:
            return ()
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows
