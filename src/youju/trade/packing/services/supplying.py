"""What whole packings draw on: parties, lines of orders and consolidations, what is left of each; a few statements for all.

Held, where it is to be written, in the order in which everybody holds: consolidations, orders, balances, consolidated lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.packing.lifecycle import CLOSED
from youju.trade.orders.selectors import PackableLine, packable_lines
from youju.trade.packing.facts import ShipmentWish
from youju.trade.packing.models import ConsolidatedLine, Consolidation
from youju.trade.packing.services import balancing
from youju.trade.packing.services.loading import unpacked
from youju.trade.parties.selectors.partners import Partner, partners


@dataclass(frozen=True, slots=True)
class Source:
    """What may be packed of an order's line, or of what a consolidation (``consolidated``: its line's id) holds of one."""

    order_line: int
    order_id: int
    order: str
    line_no: int
    name: str
    country: str
    currency: str
    agent: int | None
    confirmed: bool
    organisations: tuple[int, ...]
    sections: tuple[str, ...]
    left: Amounts
    consolidated: int | None = None
    consolidation: str = ""
    closed: bool = True

    @property
    def key(self) -> tuple[str, int]:
        """Which balance is drawn on."""
        return self.consolidation, self.order_line


@dataclass(frozen=True, slots=True)
class Supply:
    """``lines``: (consolidation or empty, order) → its lines by number. ``consolidations``: those that the actor sees."""

    partners: Mapping[str, Partner]
    lines: Mapping[tuple[str, str], Mapping[int, Source]]
    consolidations: frozenset[str]


def supply_for(wishes: Sequence[ShipmentWish], *, hold: bool = False) -> Supply:
    """What these packings would draw on; ``hold`` keeps all of it until the transaction ends."""
    loads = [load for wish in wishes for load in wish.loads]
    named = {load.consolidation.replace("\0", "") for load in loads if load.consolidation}
    parties = {n for wish in wishes for n in (wish.head.agent, wish.head.warehouse, wish.consolidator)}
    gathered = Consolidation.objects.filter(number__in=named).order_by("pk")
    known = {row.pk: row for row in (gathered.select_for_update() if hold else gathered)} if named else {}
    direct = packable_lines(numbers=[load.part.order for load in loads if not load.consolidation], lock=hold)
    left = (balancing.left_of if hold else balancing.left_now)(direct) if direct else {}
    sources = [_of_order(line, left[line.id]) for line in direct]
    if known:
        orders = {load.part.order.replace("\0", "") for load in loads if load.consolidation}
        rows = ConsolidatedLine.objects.filter(
            consolidation__in=known, order_line__order__number__in=orders
        ).order_by("pk")
        rows = rows.select_for_update(of=("self",)) if hold else rows
        sources += [
            _of_consolidation(row, known[row.consolidation_id])
            for row in rows.select_related("order_line__order")
        ]
    return Supply(partners(parties), _by_order(sources), frozenset(row.number for row in known.values()))


def _by_order(sources: Iterable[Source]) -> dict[tuple[str, str], dict[int, Source]]:
    found: dict[tuple[str, str], dict[int, Source]] = {}
    for each in sources:
        found.setdefault((each.consolidation, each.order), {})[each.line_no] = each
    return {key: dict(sorted(lines.items())) for key, lines in found.items()}


def _of_order(line: PackableLine, left: Amounts) -> Source:
    return Source(
        order_line=line.id,
        order_id=line.order_id,
        order=line.order,
        line_no=line.line_no,
        name=line.name,
        country=line.country,
        currency=line.currency,
        agent=line.agent,
        confirmed=line.state == "confirmed" and line.kind == "sale",
        organisations=line.organisations,
        sections=line.sections,
        left=left,
    )


def _of_consolidation(row: ConsolidatedLine, gathered: Consolidation) -> Source:
    line, order = row.order_line, row.order_line.order
    return Source(
        order_line=line.pk,
        order_id=order.pk,
        order=order.number,
        line_no=line.line_no,
        name=line.name,
        country=gathered.country,
        currency=gathered.currency,
        agent=gathered.agent_id,
        confirmed=order.state == "confirmed",
        organisations=tuple(gathered.organisations),
        sections=tuple(gathered.sections),
        left=unpacked(row),
        consolidated=row.pk,
        consolidation=gathered.number,
        closed=gathered.state == CLOSED,
    )
