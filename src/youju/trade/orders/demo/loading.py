"""The demo year's orders into the database, a few hundred at a time, by COPY; within the caller's transaction and reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from youju.foundation.database.blocks import reserve
from youju.foundation.database.copying import write
from youju.foundation.policies import law_on, policy_hash
from youju.rules.law import table
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.orders.demo.records import Batch, MadeFinding, MadeOrder
from youju.trade.orders.models import Order, OrderFinding, OrderLine
from youju.trade.parties.demo.planning import Plan
from youju.trade.parties.selectors.partners import organisations_of

_ORDER = (
    "id", "number", "kind", "state", "revision", "organisations", "sections", "merchant_id", "agent_id", "buyer_id",
    "consolidator_id", "ordered_on", "country", "currency", "rate", "rate_month", "exemption_mode", "collected_by_agent",
    "amount", "amount_cny", "packages", "net_weight", "gross_weight", "volume", "lines_count", "channel", "reference",
    "merchant_confirmed_by", "merchant_confirmed_at", "agent_confirmed_by", "agent_confirmed_at", "as_of", "policy_hash",
    "created_by", "created_at", "registered_at", "confirmed_at", "is_demo",
)  # fmt: skip
_COPIED = (
    "line_no", "hs_code", "name", "name_en", "model", "brand", "unit", "quantity", "price", "amount", "unit1", "quantity1",
    "unit2", "quantity2", "packages", "net_weight", "gross_weight", "volume", "inspection", "export_duty",
)  # fmt: skip
_LINE = ("id", "order_id", "good_id", *_COPIED)
_FINDING = (
    "order_id", "line_no", "rule", "severity", "field", "message", "suggestion", "explanation", "explained_by",
    "explained_at",
)  # fmt: skip
_LAW_OF = date(2023, 1, 1)


@dataclass(slots=True)
class Ids:
    """Ids of the demo's parties and goods, and whose organisation acts for a party.

    Parties follow one another in the order of their index, and so do goods.
    """

    plan: Plan
    first_party: int
    first_good: int
    _organisations: dict[int, int | None] = field(default_factory=dict)

    def party(self, role: PartyRole, ordinal: int) -> int:
        """The id of a party."""
        return self.first_party + self.plan.first(role) + ordinal

    def good(self, index: int) -> int:
        """The id of a good."""
        return self.first_good + index

    def look_up(self, parties: Iterable[int | None]) -> None:
        """Learn the organisations of parties that are not known yet: one query."""
        wanted = {each for each in parties if each is not None} - self._organisations.keys()
        if wanted:
            self._organisations.update(organisations_of(wanted))

    def organisations(self, *parties: int | None) -> list[int]:
        """The organisations of parties that were looked up, each once."""
        found = {self._organisations.get(each) for each in parties if each is not None}
        return sorted(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class Written:
    """Where an order stands: its id, that of its first line, who takes part."""

    id: int
    first_line: int
    organisations: Sequence[int]


def write_orders(batches: Iterable[Batch], ids: Ids) -> dict[str, Written]:
    """Write the orders of some batches with lines and findings; number → where it stands."""
    orders = [order for batch in batches for order in batch.orders]
    sides = {order.number: _sides(order, ids) for order in orders}
    ids.look_up(each for some in sides.values() for each in some)
    first = reserve(Order._meta.db_table, max(1, len(orders)))
    line = reserve(OrderLine._meta.db_table, max(1, sum(len(order.lines) for order in orders)))
    written: dict[str, Written] = {}
    for place, order in enumerate(orders):
        written[order.number] = Written(first + place, line, ids.organisations(*sides[order.number]))
        line += len(order.lines)
    shared = {"policy_hash": policy_hash(), "is_demo": True}
    write(Order, _ORDER, ({**_row(order, written[order.number], ids), **shared} for order in orders))
    write(OrderLine, _LINE, _lines(orders, written, ids))
    write(OrderFinding, _FINDING, _findings(orders, written))
    return written


def numbered_up_to(serial: int) -> None:
    """Let the series of order numbers go on behind what was made."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('orders_number', greatest(%s, (SELECT last_value FROM orders_number)))",
            [max(1, serial)],
        )


def sections_of(role: PartyRole) -> list[str]:
    """The centre's sections that handle a role."""
    found = table(law_on(_LAW_OF), "trade.parties.section_of_role")[role.value]
    return [str(code) for code in found]  # type: ignore[union-attr]


def _sides(order: MadeOrder, ids: Ids) -> list[int | None]:
    wanted = (
        (PartyRole.MERCHANT, order.merchant),
        (PartyRole.AGENT, order.agent),
        (PartyRole.BUYER, order.buyer),
        (PartyRole.CONSOLIDATOR, order.consolidator),
        (PartyRole.BROKER, order.broker),
    )
    return [None if ordinal is None else ids.party(role, ordinal) for role, ordinal in wanted]


def _row(order: MadeOrder, where: Written, ids: Ids) -> dict[str, Any]:
    merchant, agent, buyer, consolidator, _ = _sides(order, ids)
    by_merchant, by_agent = order.merchant_confirmed or ("", None), order.agent_confirmed or ("", None)
    sections = {
        *sections_of(PartyRole.MERCHANT),
        *(sections_of(PartyRole.AGENT) if agent is not None else ()),
    }
    return {
        "id": where.id,
        "number": order.number,
        "kind": "sale",
        "state": order.state,
        "revision": sum(1 for side in (order.merchant_confirmed, order.agent_confirmed) if side) - 1
        if order.state == "confirmed"
        else int(order.state != "registered"),
        "organisations": where.organisations,
        "sections": sorted(sections),
        "merchant_id": merchant,
        "agent_id": agent,
        "buyer_id": buyer,
        "consolidator_id": consolidator,
        "ordered_on": order.ordered_on,
        "country": order.country,
        "currency": order.currency,
        "rate": order.rate,
        "rate_month": order.ordered_on.replace(day=1),
        "exemption_mode": "self" if agent is None else "agent",
        "collected_by_agent": agent is not None,
        "amount": order.amount,
        "amount_cny": order.amount_cny,
        "packages": sum(line.packages for line in order.lines),
        "net_weight": sum(line.net_weight for line in order.lines),
        "gross_weight": sum(line.gross_weight for line in order.lines),
        "volume": sum(line.volume for line in order.lines),
        "lines_count": len(order.lines),
        "channel": order.channel,
        "reference": order.reference,
        "merchant_confirmed_by": by_merchant[0],
        "merchant_confirmed_at": by_merchant[1],
        "agent_confirmed_by": by_agent[0],
        "agent_confirmed_at": by_agent[1],
        "as_of": order.ordered_on,
        "created_by": order.created_by,
        "created_at": order.registered_at,
        "registered_at": None if order.state == "draft" else order.registered_at,
        "confirmed_at": order.confirmed_at,
    }


def _lines(orders: Sequence[MadeOrder], written: Mapping[str, Written], ids: Ids) -> Iterator[dict[str, Any]]:
    for order in orders:
        where = written[order.number]
        for place, line in enumerate(order.lines):
            yield {
                **{name: getattr(line, name) for name in _COPIED},
                "id": where.first_line + place,
                "order_id": where.id,
                "good_id": ids.good(line.good),
            }


def _findings(orders: Sequence[MadeOrder], written: Mapping[str, Written]) -> Iterator[dict[str, Any]]:
    for order in orders:
        for each in order.findings:
            yield _finding(order, each, written[order.number].id)


def _finding(order: MadeOrder, each: MadeFinding, key: int) -> dict[str, Any]:
    return {
        "order_id": key,
        "line_no": each.line_no,
        "rule": each.rule,
        "severity": each.severity,
        "field": each.field,
        "message": each.message,
        "suggestion": each.suggestion,
        "explanation": each.explanation,
        "explained_by": order.created_by if each.explanation else "",
        "explained_at": order.registered_at if each.explanation else None,
    }
