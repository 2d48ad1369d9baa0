"""Rows of a chain → events: what was sold, came back, was packed, declared and left the country."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from youju.trade.declarations.selectors.chains import TracedSource
from youju.trade.orders.selectors.tracing import LaterLine
from youju.trade.packing.selectors.tracing import TracedPart
from youju.trade.tracing.epcis.naming import Naming
from youju.trade.tracing.selectors.chains import ChainRow

_HERE = ZoneInfo("Asia/Shanghai")
Event = dict[str, Any]


@dataclass(slots=True)
class _Ship:
    """What leaves under one declaration."""

    source: TracedSource
    boxes: dict[str, None] = field(default_factory=dict)
    bills: dict[str, None] = field(default_factory=dict)


def events(
    rows: Iterable[ChainRow], later: Sequence[LaterLine], *, naming: Naming, units: Mapping[str, str]
) -> Iterator[Event]:
    """The events of a chain, those of one order together; shipping comes last. Streams.

    Args:
        rows: in the order of lines, those of an order one after another.
        later: returns and corrections of the lines.
        naming: how things are called.
        units: deal unit → code of UN/CEFACT recommendation 20; a unit that is not in it counts pieces.
    """
    ships: dict[str, _Ship] = {}
    for order, group in groupby(rows, key=lambda row: row.line.order):
        found = list(group)
        yield from _of_order(order, found, naming, units, ships)
    for each in later:
        if each.counts:
            yield _returned(each, naming, units)
    for key, ship in ships.items():
        yield _shipped(key, ship, naming)


def _of_order(
    order: str, rows: list[ChainRow], naming: Naming, units: Mapping[str, str], ships: dict[str, _Ship]
) -> Iterator[Event]:
    lines = {row.line.id: row for row in rows}
    first = rows[0]
    at = first.line.registered_at or _morning(first.line.ordered_on)
    seller = naming.party((first.merchant[1] and first.merchant[0]) or "unknown")
    place = naming.stall(first.stall.key) if first.stall else seller
    yield {
        "type": "ObjectEvent",
        "eventID": naming.event("sold", order, first.line.id),
        **_times(at),
        "action": "ADD",
        "bizStep": "commissioning",
        "disposition": "active",
        "readPoint": {"id": place},
        "bizLocation": {"id": place},
        "bizTransactionList": [{"type": "po", "bizTransaction": naming.order(order)}],
        "sourceList": [{"type": "owning_party", "source": seller}],
        "quantityList": [
            _quantity(naming.goods(order, row.line.line_no), row.line.quantity, row.line.unit, units)
            for row in lines.values()
        ],
    }
    yield from _packed(order, rows, naming, units)
    yield from _declared(order, rows, naming, units, ships)


def _packed(order: str, rows: list[ChainRow], naming: Naming, units: Mapping[str, str]) -> Iterator[Event]:
    boxes: dict[int, dict[int, tuple[ChainRow, TracedPart]]] = {}
    for row in rows:
        if row.part is not None:
            boxes.setdefault(row.part.container_id, {})[row.part.id] = (row, row.part)
    for key, inside in boxes.items():
        part = next(iter(inside.values()))[1]
        bill = (
            [{"type": "bol", "bizTransaction": naming.bill(part.bill_of_lading)}]
            if part.bill_of_lading
            else []
        )
        yield {
            "type": "AggregationEvent",
            "eventID": naming.event("packed", order, key, min(inside)),
            **_times(part.closed_at or _morning(part.packed_on)),
            "action": "ADD",
            "bizStep": "packing",
            "disposition": "in_progress",
            "readPoint": {"id": naming.packing(part.packing)},
            "parentID": naming.container(part.packing, part.container),
            "childQuantityList": [
                _quantity(naming.goods(order, row.line.line_no), piece.quantity, row.line.unit, units)
                for row, piece in inside.values()
            ],
            "bizTransactionList": [{"type": "desadv", "bizTransaction": naming.packing(part.packing)}, *bill],
        }


def _declared(
    order: str, rows: list[ChainRow], naming: Naming, units: Mapping[str, str], ships: dict[str, _Ship]
) -> Iterator[Event]:
    stated: dict[tuple[str, int], dict[int, tuple[ChainRow, TracedSource]]] = {}
    for row in rows:
        source, part = row.source, row.part
        if source is None or not source.live:
            continue
        stated.setdefault((source.declaration, source.g_no), {})[source.id] = (row, source)
        if source.exported_at or source.released_at:
            ship = ships.setdefault(source.declaration, _Ship(source))
            if part is not None:
                ship.boxes[naming.container(part.packing, part.container)] = None
                if part.bill_of_lading:
                    ship.bills[naming.bill(part.bill_of_lading)] = None
    for (key, g_no), inside in stated.items():
        source = next(iter(inside.values()))[1]
        yield {
            "type": "AssociationEvent",
            "eventID": naming.event("declared", order, key, g_no, min(inside)),
            **_times(source.accepted_at or _morning(source.declared_on)),
            "action": "ADD",
            "bizStep": "other",
            "disposition": "in_progress",
            "parentID": naming.declared_line(key, g_no),
            "childQuantityList": [
                _quantity(naming.goods(order, row.line.line_no), piece.quantity, row.line.unit, units)
                for row, piece in inside.values()
            ],
            "bizTransactionList": [{"type": "cert", "bizTransaction": naming.declaration(key)}],
        }


def _returned(each: LaterLine, naming: Naming, units: Mapping[str, str]) -> Event:
    back = each.depth % 2 == 1
    return {
        "type": "ObjectEvent",
        "eventID": naming.event("returned", each.order, each.id),
        **_times(each.registered_at or _morning(each.ordered_on)),
        "action": "OBSERVE",
        "bizStep": "receiving" if back else "other",
        "disposition": "returned" if back else "active",
        "quantityList": [_quantity(naming.goods(each.order, each.line_no), each.quantity, each.unit, units)],
        "bizTransactionList": [
            {"type": "rma", "bizTransaction": naming.order(each.order)},
            {"type": "po", "bizTransaction": naming.order(each.about)},
        ],
    }


def _shipped(key: str, ship: _Ship, naming: Naming) -> Event:
    source = ship.source
    at = source.exported_at or source.released_at
    return {
        "type": "ObjectEvent",
        "eventID": naming.event("shipped", key),
        **_times(at or _morning(source.declared_on)),
        "action": "OBSERVE",
        "bizStep": "shipping",
        "disposition": "in_transit",
        **({"readPoint": {"id": naming.port(source.port)}} if source.port else {}),
        # Goods whose containers are not told are named by their declaration.
        "epcList": list(ship.boxes) or [naming.declaration(key)],
        "bizTransactionList": [
            {"type": "cert", "bizTransaction": naming.declaration(key)},
            *({"type": "bol", "bizTransaction": bill} for bill in ship.bills),
        ],
        "destinationList": [{"type": "location", "destination": naming.country(source.country)}],
    }


def _times(at: datetime) -> dict[str, str]:
    local = at.astimezone(_HERE)
    offset = local.strftime("%z")
    return {
        "eventTime": local.isoformat(timespec="milliseconds"),
        "eventTimeZoneOffset": f"{offset[:3]}:{offset[3:5]}",
    }


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), _HERE)


def _quantity(goods: str, quantity: Decimal, unit: str, units: Mapping[str, str]) -> dict[str, Any]:
    # JSON knows one kind of number; five decimals of sixteen digits at most fit into it for all that is sold here.
    told = int(quantity) if quantity == quantity.to_integral_value() else float(quantity)
    code = units.get(unit)
    return {"epcClass": goods, "quantity": told, **({"uom": code} if code else {})}
