"""The demo year's consolidations and packings into the database, by COPY; within the caller's transaction and reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.workflow.demo import write_cases
from youju.rules.trade.packing.amounts import Amounts
from youju.rules.trade.packing.lifecycle import CONSOLIDATION_KIND, PACKING_KIND
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.orders.demo.loading import Ids, Written, sections_of
from youju.trade.orders.demo.partners import Partners
from youju.trade.packing.demo.making import Series, amounts_of
from youju.trade.packing.demo.records import MadeConsolidation, MadePacking, MadePart, Shipment
from youju.trade.packing.models import (
    Balance,
    ConsolidatedLine,
    Consolidation,
    Container,
    PackedLine,
    Packing,
)

_STEMS = {
    "quantity": "quantity", "packages": "packages", "net_weight": "net", "gross_weight": "gross", "volume": "volume",
    "amount": "amount",
}  # fmt: skip
_FIGURES = tuple(_STEMS)
_BALANCE = ("order_line_id", *(f"{stem}_{way}" for stem in _STEMS.values() for way in ("in", "out")))
_CONSOLIDATION = (
    "id", "number", "state", "revision", "organisations", "sections", "consolidator_id", "agent_id", "country", "currency",
    "truck", "created_by", "created_at", "closed_at", "is_demo",
)  # fmt: skip
_GATHERED = ("id", "consolidation_id", "order_line_id", *_FIGURES, *(f"packed_{s}" for s in _STEMS.values()))
_PACKING = (
    "id", "number", "state", "revision", "organisations", "sections", "agent_id", "warehouse_id", "packed_on",
    "bill_of_lading", "transport_mode", "port", "country", "created_by", "created_at", "closed_at", "is_demo",
)  # fmt: skip
_CONTAINER = ("id", "packing_id", "number", "kind", "seal")
_PACKED = ("id", "container_id", "consolidated_id", "order_line_id", *_FIGURES)


@dataclass(frozen=True, slots=True)
class Stored:
    """Where a packing stands: its id, the id of its packed line number 1, who takes part."""

    id: int
    first_packed: int
    organisations: Sequence[int]


def write_packings(
    shipments: Sequence[Shipment], orders: Mapping[str, Written], ids: Ids, partners: Partners
) -> dict[str, Stored]:
    """Write balances, consolidations, packings and what stands in them; packing number → where it stands."""
    ids.look_up(_parties(shipments, ids))
    gathered = [(shipment, each) for shipment in shipments for each in shipment.consolidations]
    packed = [(shipment, shipment.packing) for shipment in shipments if shipment.packing is not None]
    writer = _Writer(orders, ids, partners)
    write(Balance, _BALANCE, writer.balances(gathered))
    writer.consolidations(gathered)
    return writer.packings(packed)


def revision_of(made: MadePacking) -> int:
    """How often the packing was changed."""
    return len(made.walk.steps) + len(made.containers)


def numbered_up_to(series: Series) -> None:
    """Let the series of numbers go on behind what was made."""
    with connection.cursor() as cursor:
        for name, last in (("consolidation", series.consolidation), ("packing", series.packing)):
            cursor.execute(
                f"SELECT setval('packing_{name}_number', greatest(%s,"  # noqa: S608 - names of ours
                f" (SELECT last_value FROM packing_{name}_number)))",
                [max(1, last)],
            )


def _parties(shipments: Sequence[Shipment], ids: Ids) -> Iterator[int]:
    for shipment in shipments:
        batch = shipment.batch
        yield ids.party(PartyRole.AGENT, batch.agent)
        yield ids.party(PartyRole.WAREHOUSE, batch.warehouse)
        yield ids.party(PartyRole.BROKER, batch.broker)
        if batch.consolidator is not None:
            yield ids.party(PartyRole.CONSOLIDATOR, batch.consolidator)


class _Writer:
    """What the rows of one chunk share."""

    def __init__(self, orders: Mapping[str, Written], ids: Ids, partners: Partners) -> None:
        self._orders, self._ids, self._partners = orders, ids, partners
        self._lines: dict[tuple[str, int], int] = {}
        self._sections = sorted({*sections_of(PartyRole.AGENT), *sections_of(PartyRole.MERCHANT)})

    def balances(self, gathered: Sequence[tuple[Shipment, MadeConsolidation]]) -> Iterator[dict[str, Any]]:
        """One for each order line of which something was taken."""
        for _, one in gathered:
            for part in one.parts:
                row: dict[str, Any] = {"order_line_id": self._line(part)}
                whole = amounts_of(part.line)
                for name, stem in _STEMS.items():
                    row[f"{stem}_in"] = getattr(whole, name)
                    row[f"{stem}_out"] = getattr(part.amounts, name)
                yield row

    def consolidations(self, gathered: Sequence[tuple[Shipment, MadeConsolidation]]) -> None:
        """Heads, cases and lines."""
        first = reserve(Consolidation._meta.db_table, max(1, len(gathered)))
        rows = [self._consolidation(first + at, *each) for at, each in enumerate(gathered)]
        write(Consolidation, _CONSOLIDATION, rows)
        line = reserve(ConsolidatedLine._meta.db_table, max(1, sum(len(one.parts) for _, one in gathered)))
        for _, one in gathered:
            for place in range(len(one.parts)):
                self._lines[one.number, place] = line
                line += 1
        write(ConsolidatedLine, _GATHERED, self._gathered(gathered, first))
        write_cases(
            CONSOLIDATION_KIND,
            ((one.number, one.number, self._whose(shipment), one.walk) for shipment, one in gathered),
        )

    def packings(self, packed: Sequence[tuple[Shipment, MadePacking]]) -> dict[str, Stored]:
        """Heads, cases, containers and packed lines."""
        first = reserve(Packing._meta.db_table, max(1, len(packed)))
        line = reserve(PackedLine._meta.db_table, max(1, sum(len(made.packed) for _, made in packed)))
        stored: dict[str, Stored] = {}
        for at, (shipment, made) in enumerate(packed):
            stored[made.number] = Stored(first + at, line, self._taking_part(shipment))
            line += len(made.packed)
        write(Packing, _PACKING, [self._packing(stored[made.number], s, made) for s, made in packed])
        boxes = [(shipment, made, box) for shipment, made in packed for box in made.containers]
        box_id = reserve(Container._meta.db_table, max(1, len(boxes)))
        write(
            Container,
            _CONTAINER,
            (
                {
                    "id": box_id + at,
                    "packing_id": stored[made.number].id,
                    "number": box.number,
                    "kind": box.kind,
                    "seal": box.seal,
                }
                for at, (_, made, box) in enumerate(boxes)
            ),
        )
        write(
            PackedLine,
            _PACKED,
            (
                {
                    **_figures(each.amounts),
                    "id": stored[made.number].first_packed + each.number - 1,
                    "container_id": box_id + at,
                    "consolidated_id": self._lines[
                        shipment.consolidations[each.consolidation].number, each.part
                    ],
                    "order_line_id": self._orders[each.order.number].first_line + each.line.line_no - 1,
                }
                for at, (shipment, made, box) in enumerate(boxes)
                for each in box.packed
            ),
        )
        write_cases(
            PACKING_KIND,
            (
                (
                    made.number,
                    made.number,
                    self._partners.one(PartyRole.AGENT, s.batch.agent).organisation,
                    made.walk,
                )
                for s, made in packed
            ),
        )
        return stored

    def _line(self, part: MadePart) -> int:
        return self._orders[part.order.number].first_line + part.line.line_no - 1

    def _whose(self, shipment: Shipment) -> str:
        batch = shipment.batch
        if batch.consolidator is not None:
            return self._partners.one(PartyRole.CONSOLIDATOR, batch.consolidator).organisation
        return self._partners.one(PartyRole.AGENT, batch.agent).organisation

    def _consolidation(self, key: int, shipment: Shipment, one: MadeConsolidation) -> dict[str, Any]:
        batch, ids = shipment.batch, self._ids
        gatherer = None if one.consolidator is None else ids.party(PartyRole.CONSOLIDATOR, one.consolidator)
        agent = ids.party(PartyRole.AGENT, batch.agent)
        orders = {part.order.number for part in one.parts}
        own = ids.organisations(gatherer, agent)
        return {
            "id": key,
            "number": one.number,
            "state": one.state,
            "revision": len(one.walk.steps),
            "organisations": sorted(
                {*own, *(o for number in orders for o in self._orders[number].organisations)}
            ),
            "sections": self._sections,
            "consolidator_id": gatherer,
            "agent_id": agent,
            "country": batch.country,
            "currency": one.currency,
            "truck": one.truck,
            "created_by": one.created_by,
            "created_at": one.created_at,
            "closed_at": one.closed_at,
            "is_demo": True,
        }

    def _gathered(
        self, gathered: Sequence[tuple[Shipment, MadeConsolidation]], first: int
    ) -> Iterator[dict[str, Any]]:
        taken: dict[tuple[str, int], Amounts] = {}
        for shipment in {id(shipment): shipment for shipment, _ in gathered}.values():
            for each in shipment.packing.packed if shipment.packing else ():
                key = shipment.consolidations[each.consolidation].number, each.part
                taken[key] = taken.get(key, Amounts()) + each.amounts
        for at, (_, one) in enumerate(gathered):
            for place, part in enumerate(one.parts):
                inside = taken.get((one.number, place), Amounts())
                yield {
                    **_figures(part.amounts),
                    **{f"packed_{stem}": getattr(inside, name) for name, stem in _STEMS.items()},
                    "id": self._lines[one.number, place],
                    "consolidation_id": first + at,
                    "order_line_id": self._line(part),
                }

    def _packing(self, where: Stored, shipment: Shipment, made: MadePacking) -> dict[str, Any]:
        return {
            "id": where.id,
            "number": made.number,
            "state": made.state,
            "revision": revision_of(made),
            "organisations": where.organisations,
            "sections": self._sections,
            "agent_id": self._ids.party(PartyRole.AGENT, shipment.batch.agent),
            "warehouse_id": self._ids.party(PartyRole.WAREHOUSE, made.warehouse),
            "packed_on": made.packed_on,
            "bill_of_lading": made.bill_of_lading,
            "transport_mode": made.transport_mode,
            "port": made.port,
            "country": shipment.batch.country,
            "created_by": made.created_by,
            "created_at": made.created_at,
            "closed_at": made.closed_at,
            "is_demo": True,
        }

    def _taking_part(self, shipment: Shipment) -> list[int]:
        """Agent, warehouse, consolidator, broker, and the parties of the orders."""
        batch, ids = shipment.batch, self._ids
        gatherer = (
            None if batch.consolidator is None else ids.party(PartyRole.CONSOLIDATOR, batch.consolidator)
        )
        own = ids.organisations(
            ids.party(PartyRole.AGENT, batch.agent),
            ids.party(PartyRole.WAREHOUSE, batch.warehouse),
            ids.party(PartyRole.BROKER, batch.broker),
            gatherer,
        )
        orders = {part.order.number for one in shipment.consolidations for part in one.parts}
        return sorted({*own, *(o for number in orders for o in self._orders[number].organisations)})


def _figures(amounts: Amounts) -> dict[str, Any]:
    return {name: getattr(amounts, name) for name in _FIGURES}
