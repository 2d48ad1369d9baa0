"""From what a chain starts to the order lines in it: the one thing that every other read takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from youju.foundation.kernel.context import reaching_all
from youju.trade.declarations.selectors.chains import goods_in
from youju.trade.orders.selectors.tracing import known_lines, lines_of_merchants
from youju.trade.packing.selectors.tracing import containers_of, packed_in
from youju.trade.parties.selectors.tracing import ALWAYS, holders_of
from youju.trade.tracing.selectors.finding import Origin


@dataclass(frozen=True, slots=True)
class Scope:
    """The order lines of a chain, by id, as far as the asker sees them, and what the chain is narrowed to.

    ``packed``: only these packed lines (it starts from containers or a declaration); ``declaration`` and ``g_no``: only what
    stands there. ``hidden``: how many order lines of others are in it.
    """

    origin: Origin
    ids: Sequence[int]
    packed: Sequence[int] | None = None
    declaration: int | None = None
    g_no: int | None = None
    hidden: int = 0

    @property
    def sources_within(self) -> Sequence[int] | None:
        """The packed lines by which sources are narrowed: a declaration narrows them by itself, withdrawn ones too."""
        return None if self.declaration is not None else self.packed


def scope_of(origin: Origin) -> Scope:
    """The lines behind an origin; two or three queries."""
    return _OF[origin.kind](origin)


def _of_declaration(origin: Origin) -> Scope:
    goods = goods_in(origin.id or 0, origin.g_no)
    lines = sorted({line for _, line in goods})
    ids = known_lines(lines)
    seen = set(ids)
    packed = [part for part, line in goods if part is not None and line in seen]
    return Scope(origin, ids, packed, origin.id, origin.g_no, len(lines) - len(ids))


def _of_containers(origin: Origin) -> Scope:
    keys = (
        [origin.id or 0] if origin.kind == "container" else [box.id for box in containers_of(origin.number)]
    )
    goods = packed_in(keys)
    lines = sorted({line for _, line in goods})
    ids = known_lines(lines)
    seen = set(ids)
    return Scope(origin, ids, [part for part, line in goods if line in seen], hidden=len(lines) - len(ids))


def _of_order(origin: Origin) -> Scope:
    return Scope(origin, origin.lines)


def _of_merchant(origin: Origin) -> Scope:
    return Scope(origin, lines_of_merchants([(origin.id or 0, date.min, ALWAYS)]))


def _of_stall(origin: Origin) -> Scope:
    return Scope(origin, lines_of_merchants(holders_of(origin.id or 0)))


def _of_code(origin: Origin) -> Scope:
    return Scope(origin, known_lines([origin.id or 0]))


def scope_of_line(order_line: int, origin: Origin) -> Scope:
    """The line of a code whoever asks: for the public page, which shows next to nothing of it."""
    with reaching_all():
        return Scope(origin, known_lines([order_line]))


_OF: dict[str, Callable[[Origin], Scope]] = {
    "declaration": _of_declaration,
    "line": _of_declaration,
    "order": _of_order,
    "packing": _of_containers,
    "container": _of_containers,
    "merchant": _of_merchant,
    "stall": _of_stall,
    "code": _of_code,
}
