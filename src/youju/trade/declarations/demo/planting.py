"""What is wrong on purpose in the demo year, as whole shipments with their declarations; see ``demo/trade/planted_year.yaml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from youju.trade.declarations.demo.histories import Numbers
from youju.trade.declarations.demo.making import file
from youju.trade.declarations.demo.records import Filing, MadeDeclaration
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.orders.demo.planting import entries, planted_batches
from youju.trade.packing.demo.making import Series, ship

_CONTAINERS = 700_000


def planted(plan: YearPlan, partners: Partners) -> Iterator[Filing]:
    """One shipment for each entry of the file, numbered as the file says.

    Raises:
        ValueError: the file's numbers are not those that come of it.
    """
    for batch in planted_batches(plan, partners):
        serial = int(batch.plant["packing"][7:]) - 1
        shipment = ship(plan, batch, Series(serial, serial, _CONTAINERS + serial - 900_000))
        made = file(plan, shipment, partners, Numbers(serial, serial))
        made = replace(made, declarations=tuple(_spoiled(each, batch.plant) for each in made.declarations))
        _agrees(made, batch.plant)
        yield made


def count_of(plan: YearPlan) -> int:
    """How many shipments are planted."""
    return len(entries(plan))


def _spoiled(made: MadeDeclaration, entry: Mapping[str, Any]) -> MadeDeclaration:
    cents = entry.get("change", {}).get("cents")
    if cents is None:
        return made
    at = entry["change"]["line"] - 1
    lines = list(made.lines)
    lines[at] = replace(lines[at], line=replace(lines[at].line, cents=lines[at].line.cents + cents))
    return replace(made, lines=tuple(lines))


def _agrees(made: Filing, entry: Mapping[str, Any]) -> None:
    packing = made.shipment.packing
    found = (packing.number if packing else "", [each.number for each in made.declarations])
    if found != (entry["packing"], entry["declarations"]):
        raise ValueError(f"{entry['id']}: planted_year.yaml says otherwise than {found}")
