"""What is wrong on purpose among the year's orders: ``demo/trade/planted_year.yaml``; the same at every scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from youju.foundation.kernel.chance import Chance
from youju.rules.trade.orders.lifecycle import CONFIRMED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.orders.demo.judging import explained
from youju.trade.orders.demo.lines import line_of
from youju.trade.orders.demo.making import Maker
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.orders.demo.rates import dollars
from youju.trade.orders.demo.records import CENT, Batch, MadeLine, MadeOrder
from youju.trade.parties.demo.tables import authored

_LINES = 6
_WHY = "示例：当时的说明，未必属实"
_GRAIN = Decimal("0.001")


def entries(plan: YearPlan) -> list[dict[str, Any]]:
    """The oddities of the year for which the plan's parties suffice."""
    merchants = plan.parties.count(PartyRole.MERCHANT)
    return [
        each
        for each in authored("planted_year")["planted"]
        if max(deal["merchant"] for deal in each["deals"]) < merchants
    ]


def day_of(number: str) -> date:
    """The day that a record's number tells: a letter, then year, month and day."""
    return date(2000 + int(number[1:3]), int(number[3:5]), int(number[5:7]))


def planted_batches(plan: YearPlan, partners: Partners) -> Iterator[Batch]:
    """One batch for each entry."""
    for place, entry in enumerate(entries(plan)):
        chance = Chance(plan.seed, "planted", place)
        yield _batch(Maker(plan, partners, chance, day_of(entry["packing"])), entry)


def _batch(maker: Maker, entry: Mapping[str, Any]) -> Batch:
    partners, chance, day = maker.partners, maker.chance, maker.day
    first = day_of(entry["orders"][0])
    agent = partners.agent_of(entry["deals"][0]["merchant"], first)
    if agent is None:
        agent = partners.any_of(PartyRole.AGENT, first, chance)
    buyer = partners.buyer(first, chance)
    broker = partners.any_of(PartyRole.BROKER, day, chance)
    orders: list[MadeOrder] = []
    for number, deal in zip(entry["orders"], entry["deals"], strict=True):
        ordered, merchant = day_of(number), deal["merchant"]
        by_agent = agent if partners.entrusts(merchant, agent, ordered) else None
        lines = _lines(maker, deal, ordered)
        if entry.get("change", {}).get("copy") and orders:
            lines = list(orders[0].lines)
        made = maker.signed(
            int(number[7:]),
            CONFIRMED,
            (merchant, by_agent, buyer),
            ordered,
            "USD",
            lines,
            broker=broker,
            gatherer=None,
        )
        orders.append(made)
    orders[0] = _spoiled(orders[0], entry.get("change", {}))
    twin = orders[0].number if "copy" in entry.get("change", {}) else ""
    told = [
        replace(order, findings=explained(order, partners, _WHY, twin if place else ""))
        for place, order in enumerate(orders)
    ]
    return Batch(
        entry["id"], "exported", day, agent, None, broker, partners.any_of(PartyRole.WAREHOUSE, day, chance),
        orders[0].country, tuple(told), entry,
    )  # fmt: skip


def _lines(maker: Maker, deal: Mapping[str, Any], day: date) -> list[MadeLine]:
    merchant = deal["merchant"]
    wished: Sequence[tuple[int, int]] = deal.get("goods") or [
        (index, deal.get("cartons", 10)) for index in maker.partners.stock(merchant, day)[:_LINES]
    ]
    made = _written(maker, merchant, wished, day)
    if "target" not in deal:
        return made
    # So many cartons more that the total comes to just below what is told.
    total = sum((line.amount for line in made), Decimal(0)) * dollars("USD", day)
    more = Decimal(deal["target"]) / total
    grown = [(index, max(1, int(cartons * more))) for index, cartons in wished]
    return _written(maker, merchant, grown, day)


def _written(maker: Maker, merchant: int, wished: Sequence[tuple[int, int]], day: date) -> list[MadeLine]:
    chance = Chance(maker.plan.seed, f"planted-{merchant}", day.toordinal())
    return [
        line_of(maker.partners.good(index, merchant), place, day, "USD", cartons, chance, whole=True)
        for place, (index, cartons) in enumerate(wished, 1)
    ]


def _spoiled(order: MadeOrder, change: Mapping[str, Any]) -> MadeOrder:
    """An order with what is wrong about one of its lines."""
    lines = list(order.lines)
    if "good" in change:  # its marks are not told, so that the rules merge it
        lines = [
            replace(line, inspection=False, export_duty=False) if line.good == change["good"] else line
            for line in lines
        ]
    elif {"times", "weight", "volume"} & change.keys():
        at = change["line"] - 1
        lines[at] = _changed(lines[at], change)
    return replace(order, lines=tuple(lines))


def _changed(line: MadeLine, change: Mapping[str, Any]) -> MadeLine:
    if "times" in change:
        price = line.price * Decimal(change["times"])
        return replace(line, price=price, amount=(line.quantity * price).quantize(CENT, ROUND_HALF_UP))
    if "volume" in change:
        return replace(line, volume=(line.volume * Decimal(change["volume"])).quantize(_GRAIN))
    share = Decimal(change["weight"])
    return replace(
        line,
        net_weight=(line.net_weight * share).quantize(_GRAIN),
        gross_weight=(line.gross_weight * share).quantize(_GRAIN),
    )
