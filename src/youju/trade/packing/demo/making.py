"""The demo year's consolidations and packings, batch by batch: plain facts, streamed; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from youju.foundation.kernel.chance import Chance
from youju.foundation.policies import law_on
from youju.foundation.workflow.walks import Walk, next_moment, office_hour
from youju.rules.trade.orders.lifecycle import CONFIRMED, DRAFT, REGISTERED
from youju.rules.trade.packing.amounts import Amounts, total
from youju.rules.trade.packing.checks.containers import check_digit
from youju.rules.trade.packing.facts import Capacity, capacities
from youju.rules.trade.packing.filling import first_fit
from youju.rules.trade.packing.lifecycle import CLOSED, CONSOLIDATION_FLOW, OPEN, PACKING_FLOW
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.orders.demo.planning import YearPlan, working_day_before
from youju.trade.orders.demo.records import Batch, MadeLine, MadeOrder
from youju.trade.packing.demo.records import (
    MadeConsolidation,
    MadeContainer,
    MadePacked,
    MadePacking,
    MadePart,
    Shipment,
)
from youju.trade.parties.demo.agreements import signer
from youju.trade.parties.demo.tables import authored

_SEA, _RAIL, _ROAD = "2", "3", "4"
_SEA_PORTS = ("TJN", "TJN", "TJN", "QIN", "NGB", "SHA")
_BY_RAIL = frozenset({"ALA", "MZL"})
_SMALL = ("20GP", "40GP", "40HQ")
_LARGE = "40HQ"
_FILLED = 90  # a container is asked for when this per cent of its room would be full
_FIRST = 100_000
_ANY = Decimal(10_000_000)
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(slots=True)
class Series:
    """The last numbers given to consolidations, packings and containers."""

    consolidation: int = 0
    packing: int = 0
    container: int = 0


def shipments(plan: YearPlan, batches: Iterable[Batch], series: Series | None = None) -> Iterator[Shipment]:
    """Each batch with what came of it: nothing yet, a consolidation, a packing."""
    series = series or Series()
    for batch in batches:
        yield ship(plan, batch, series)


def ship(plan: YearPlan, batch: Batch, series: Series) -> Shipment:
    """What came of one batch."""
    if batch.stage in {DRAFT, REGISTERED, CONFIRMED} or not batch.shipped:
        return Shipment(batch, (), None)
    chance = Chance(plan.seed, "shipment", _number_of(batch.key))
    closed = batch.stage != "gathering"
    gathered = tuple(_consolidations(batch, closed, series, chance))
    if batch.stage in {"gathering", "gathered"}:
        return Shipment(batch, gathered, None)
    return Shipment(batch, gathered, _packing(batch, gathered, series, chance))


def amounts_of(line: MadeLine) -> Amounts:
    """The figures of an order line."""
    return Amounts(line.quantity, line.packages, line.net_weight, line.gross_weight, line.volume, line.amount)


def container_number(serial: int) -> str:
    """An invented container number with a right check digit."""
    first = f"DEMU{serial:06d}"
    return f"{first}{check_digit(first)}"


def _consolidations(
    batch: Batch, closed: bool, series: Series, chance: Chance
) -> Iterator[MadeConsolidation]:
    """One for each currency; one that is still open holds but a part of its last order."""
    gatherer = batch.consolidator
    by = (
        signer(PartyRole.CONSOLIDATOR, gatherer)
        if gatherer is not None
        else signer(PartyRole.AGENT, batch.agent)
    )
    for currency in dict.fromkeys(order.currency for order in batch.shipped):
        orders = [order for order in batch.shipped if order.currency == currency]
        confirmed = max(order.confirmed_at for order in orders if order.confirmed_at)
        began = _between(confirmed, office_hour(working_day_before(batch.packed_on, 1), chance))
        walk = Walk(CONSOLIDATION_FLOW, by, began)
        if closed:
            walk.take("close", by, next_moment(began, 0, chance))
        lines = [(order, line) for order in orders for line in order.lines]
        taken = lines if closed else lines[: max(1, len(lines) * 2 // 3)]
        series.consolidation += 1
        yield MadeConsolidation(
            number=f"Z{began:%y%m%d}{series.consolidation:06d}",
            state=CLOSED if closed else OPEN,
            currency=currency,
            consolidator=gatherer,
            truck=f"冀{chance.pick(_LETTERS)}·示{chance.between(1000, 9999)}",
            created_by=by[0],
            created_at=began,
            closed_at=walk.entered if closed else None,
            parts=tuple(MadePart(order, line, amounts_of(line)) for order, line in taken),
            walk=walk,
        )


def _between(earliest: datetime, wanted: datetime) -> datetime:
    """The wanted moment, or the earliest where that is later."""
    return max(earliest, wanted)


def _packing(
    batch: Batch, gathered: Sequence[MadeConsolidation], series: Series, chance: Chance
) -> MadePacking:
    by = signer(PartyRole.AGENT, batch.agent)
    ready = max(each.walk.entered for each in gathered)
    began = _between(next_moment(ready, 0, chance), office_hour(batch.packed_on, chance))
    closed = batch.stage != "packing"
    walk = Walk(PACKING_FLOW, by, began)
    if closed:
        walk.take("close", by, next_moment(began, 0, chance))
    series.packing += 1
    port = authored("year")["by_land"].get(batch.country) or chance.pick(_SEA_PORTS)
    mode = _SEA if port in _SEA_PORTS else (_RAIL if port in _BY_RAIL else _ROAD)
    return MadePacking(
        number=f"X{began:%y%m%d}{series.packing:06d}",
        state=CLOSED if closed else OPEN,
        warehouse=batch.warehouse,
        packed_on=batch.packed_on,
        bill_of_lading=batch.plant.get("change", {}).get("bill") or f"DEMO{port}{series.packing:08d}",
        transport_mode=mode,
        port=port,
        created_by=by[0],
        created_at=began,
        closed_at=walk.entered if closed else None,
        containers=tuple(_filled(batch, gathered, series, closed)),
        walk=walk,
    )


def _filled(
    batch: Batch, gathered: Sequence[MadeConsolidation], series: Series, closed: bool
) -> Iterator[MadeContainer]:
    """As many containers as the goods need, filled first fit like the service does."""
    known = _capacities(batch)
    parts = [(each, place) for each, one in enumerate(gathered) for place in range(len(one.parts))]
    if not closed:
        parts = parts[: max(1, len(parts) // 2)]
    wanted = [(number, gathered[one].parts[place].amounts) for number, (one, place) in enumerate(parts)]
    kinds = _kinds(total([each for _, each in wanted]), known)
    change = batch.plant.get("change", {})
    if "kinds" in change:  # on purpose: more than it carries
        kinds = list(change["kinds"])
        known = {kind: replace(room, volume=_ANY, payload=_ANY) for kind, room in known.items()}
    placed, over = first_fit(wanted, [(at, known[kind], Amounts()) for at, kind in enumerate(kinds)])
    while over:
        kinds.append(_LARGE)
        placed, over = first_fit(wanted, [(at, known[kind], Amounts()) for at, kind in enumerate(kinds)])
    for at, kind in enumerate(kinds):
        inside = [
            MadePacked(number, *parts[each.line], *_of(gathered, parts[each.line]), amounts=each.part)
            for number, each in enumerate(placed, 1)
            if each.container == at
        ]
        if inside:
            series.container += 1
            serial = _FIRST + series.container
            number = change.get("container") or container_number(serial % 1_000_000)
            yield MadeContainer(number, kind, f"S{serial:08d}", tuple(inside))


def _of(gathered: Sequence[MadeConsolidation], part: tuple[int, int]) -> tuple[MadeOrder, MadeLine]:
    found = gathered[part[0]].parts[part[1]]
    return found.order, found.line


def _kinds(load: Amounts, known: dict[str, Capacity]) -> list[str]:
    """The smallest single container that takes a load, else large ones."""
    for kind in _SMALL:
        room = known[kind]
        if load.volume * 100 <= room.volume * _FILLED and load.gross_weight * 100 <= room.payload * _FILLED:
            return [kind]
    large = known[_LARGE]
    by_volume = -(-load.volume * 100 // (large.volume * _FILLED))
    by_weight = -(-load.gross_weight * 100 // (large.payload * _FILLED))
    return [_LARGE] * max(2, int(by_volume), int(by_weight))


def _capacities(batch: Batch) -> dict[str, Capacity]:
    return _known(batch.packed_on.year)


@cache
def _known(year: int) -> dict[str, Capacity]:
    return capacities(law_on(date(year, 1, 1)))


def _number_of(key: str) -> int:
    """A number for the stream of a batch: rooms of chance are named by number."""
    return int.from_bytes(key.encode()[-7:], "big")
