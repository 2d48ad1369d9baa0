"""The demo year as tables of plain rows, each naming others by their numbers; in the order in which rows are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from youju.foundation.workflow.walks import Walk
from youju.rules.trade.declarations.money import shown
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.declarations.demo.records import Filing
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.rates import CURRENCIES, months, rate_of

Row = Mapping[str, Any]
_AMOUNTS = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")
_LINE = (
    "line_no", "hs_code", "name", "name_en", "model", "brand", "unit", "quantity", "price", "amount", "unit1", "quantity1",
    "unit2", "quantity2", "packages", "net_weight", "gross_weight", "volume", "inspection", "export_duty",
)  # fmt: skip


def rates(partners: Partners) -> Iterator[Row]:
    """The customs rates up to the plan's day."""
    for month in months(partners.plan.today):
        for currency in CURRENCIES:
            yield {"month": month, "currency": currency, "rate": rate_of(currency, month)}


def orders(filing: Filing, partners: Partners) -> Iterator[Row]:
    """Heads of orders."""
    for order in filing.shipment.batch.orders:
        yield {
            "order": order.number,
            "state": order.state,
            "merchant": partners.one(PartyRole.MERCHANT, order.merchant).number,
            "agent": "" if order.agent is None else partners.one(PartyRole.AGENT, order.agent).number,
            "buyer": partners.one(PartyRole.BUYER, order.buyer).number,
            "ordered_on": order.ordered_on,
            "country": order.country,
            "currency": order.currency,
            "rate": order.rate,
            "amount": order.amount,
            "amount_cny": order.amount_cny,
            "lines": len(order.lines),
            "channel": order.channel,
            "reference": order.reference,
            "registered_at": order.registered_at,
            "confirmed_at": order.confirmed_at,
        }


def order_lines(filing: Filing, partners: Partners) -> Iterator[Row]:
    """Lines of orders."""
    for order in filing.shipment.batch.orders:
        for line in order.lines:
            good = partners.good(line.good, order.merchant).values["number"]
            yield {"order": order.number, "good": good, **{name: getattr(line, name) for name in _LINE}}


def consolidations(filing: Filing, partners: Partners) -> Iterator[Row]:
    """Heads of consolidations."""
    batch = filing.shipment.batch
    for one in filing.shipment.consolidations:
        yield {
            "consolidation": one.number,
            "state": one.state,
            "agent": partners.one(PartyRole.AGENT, batch.agent).number,
            "consolidator": ""
            if one.consolidator is None
            else partners.one(PartyRole.CONSOLIDATOR, one.consolidator).number,
            "country": batch.country,
            "currency": one.currency,
            "truck": one.truck,
            "created_at": one.created_at,
            "closed_at": one.closed_at,
        }


def consolidated_lines(filing: Filing, _partners: Partners) -> Iterator[Row]:
    """What of order lines stands in consolidations."""
    for one in filing.shipment.consolidations:
        for part in one.parts:
            yield {
                "consolidation": one.number,
                "order": part.order.number,
                "line_no": part.line.line_no,
                **{name: getattr(part.amounts, name) for name in _AMOUNTS},
            }


def packings(filing: Filing, partners: Partners) -> Iterator[Row]:
    """Heads of packings."""
    made, batch = filing.shipment.packing, filing.shipment.batch
    if made is not None:
        yield {
            "packing": made.number,
            "state": made.state,
            "agent": partners.one(PartyRole.AGENT, batch.agent).number,
            "warehouse": partners.one(PartyRole.WAREHOUSE, made.warehouse).number,
            "packed_on": made.packed_on,
            "bill_of_lading": made.bill_of_lading,
            "transport_mode": made.transport_mode,
            "port": made.port,
            "country": batch.country,
            "closed_at": made.closed_at,
        }


def packed_lines(filing: Filing, _partners: Partners) -> Iterator[Row]:
    """What stands in containers."""
    made = filing.shipment.packing
    for box in made.containers if made else ():
        for each in box.packed:
            yield {
                "packing": made.number if made else "",
                "container": box.number,
                "kind": box.kind,
                "number": each.number,
                "order": each.order.number,
                "line_no": each.line.line_no,
                **{name: getattr(each.amounts, name) for name in _AMOUNTS},
            }


def declarations(filing: Filing, partners: Partners) -> Iterator[Row]:
    """Heads of declarations, each version."""
    batch, packing = filing.shipment.batch, filing.shipment.packing
    for made in filing.declarations:
        yield {
            "declaration": made.number,
            "version": made.version,
            "packing": packing.number if packing else "",
            "state": made.state,
            "agent": partners.one(PartyRole.AGENT, batch.agent).number,
            "broker": partners.one(PartyRole.BROKER, made.broker).number,
            "declared_on": made.declared_on,
            "country": batch.country,
            "currency": made.currency,
            "rate": made.rate,
            "amount": shown(sum(each.line.cents for each in made.lines)),
            "lines": len(made.lines),
            "entry_number": made.entry_number,
            "sequence_number": made.sequence_number,
            "rejection": made.rejection,
            "sent_at": made.sent_at,
            "accepted_at": made.accepted_at,
            "released_at": made.released_at,
            "exported_at": made.exported_at,
        }


def declared_lines(filing: Filing, _partners: Partners) -> Iterator[Row]:
    """Lines of declarations."""
    for made in filing.declarations:
        for each in made.lines:
            line = each.line
            yield {
                "declaration": made.number,
                "version": made.version,
                "g_no": line.number,
                "hs_code": line.hs_code,
                "name": line.name,
                "model": each.model,
                "quantity": line.quantity,
                "unit": line.unit,
                "amount": shown(line.cents),
                "net_weight": line.net_weight,
                "gross_weight": line.gross_weight,
                "packages": line.packages,
                "merged": line.merged,
            }


def source_lines(filing: Filing, _partners: Partners) -> Iterator[Row]:
    """Which order lines stand in which declared lines."""
    for made in filing.declarations:
        for each in made.lines:
            for source in each.sources:
                yield {
                    "declaration": made.number,
                    "version": made.version,
                    "g_no": each.line.number,
                    "packed_number": source.number,
                    "order": source.order.number,
                    "line_no": source.line.line_no,
                    "quantity": source.amounts.quantity,
                    "amount": source.amounts.amount,
                    "net_weight": source.amounts.net_weight,
                    "live": made.live,
                }


def steps(filing: Filing, _partners: Partners) -> Iterator[Row]:
    """The history of consolidations, packings and declarations."""
    packing = filing.shipment.packing
    walks: list[tuple[str, Walk]] = [(one.number, one.walk) for one in filing.shipment.consolidations]
    walks += [(packing.number, packing.walk)] if packing else []
    walks += [(f"{made.number}-{made.version}", made.walk) for made in filing.declarations]
    for number, walk in walks:
        for step in walk.steps:
            yield {
                "record": number,
                "number": step.number,
                "transition": step.transition,
                "from": step.source,
                "to": step.target,
                "by": step.by,
                "at": step.at,
                "reason": step.reason,
                "within_limit": step.within_limit,
            }


def planted(filing: Filing, _partners: Partners) -> Iterator[Row]:
    """Which records bear a fault on purpose, and which."""
    plant = filing.shipment.batch.plant
    for record in (*plant.get("orders", ()), *plant.get("declarations", ()), plant.get("packing")):
        if record:
            yield {"id": plant["id"], "kind": plant["kind"], "abuse": plant["abuse"], "record": record}


TABLES: Mapping[str, Callable[[Filing, Partners], Iterable[Row]]] = {
    each.__name__: each
    for each in (
        orders, order_lines, consolidations, consolidated_lines, packings, packed_lines, declarations, declared_lines,
        source_lines, steps, planted,
    )
}  # fmt: skip
"""Name of a table → its rows that come of one filing; ``rates`` stands apart."""
