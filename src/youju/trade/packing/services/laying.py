"""Laying out whole packings: what of which line goes into which container, and everything that the rules say against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.trade.packing.amounts import Amounts, part_of
from youju.rules.trade.packing.facts import ContainerFacts, PackingFacts, PartFacts
from youju.rules.trade.packing.judging import judge
from youju.trade.packing.facts import LoadWish, ShipmentWish, standing
from youju.trade.packing.services.loading import container_number
from youju.trade.packing.services.supplying import Source, Supply
from youju.trade.parties.selectors.partners import Partner

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

# Where what goes over shows: with the goods that came last, not with the number of the container.
_LOAD = {"gross_weight", "volume"}


@dataclass(frozen=True, slots=True)
class Said:
    """Something against a load (by its place in the shipment, from 0); ``field`` is one of a wish's."""

    load: int
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Part:
    """What of a line goes into a container, and for which load of the wish."""

    load: int
    container: str
    source: Source
    amounts: Amounts


@dataclass(slots=True)
class Laid:
    """A packing laid out. Where ``said`` is not empty, nothing of it may be written."""

    wish: ShipmentWish
    agent: Partner | None
    warehouse: Partner | None
    consolidator: Partner | None
    parts: list[Part] = field(default_factory=list)
    boxes: dict[str, tuple[str, str]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)


def lay_out(*, actor: User, wishes: Sequence[ShipmentWish], supply: Supply) -> list[Laid]:
    """Lay out packings one after another, each on what the ones before it leave."""
    left: dict[tuple[str, int], Amounts] = {}
    return [_laid(actor, wish, supply, left) for wish in wishes]


def _laid(actor: User, wish: ShipmentWish, supply: Supply, left: dict[tuple[str, int], Amounts]) -> Laid:
    head, known = wish.head, supply.partners
    laid = Laid(wish, known.get(head.agent), known.get(head.warehouse), known.get(wish.consolidator))
    laid.said += _parties(actor, laid)
    once: set[tuple[str, str, int]] = set()
    last: dict[str, int] = {}
    for place, load in enumerate(wish.loads):
        name = container_number(load.container)
        last[name] = place
        laid.said += _box(laid, place, name, load)
        found = list(_chosen(laid, place, load, supply, left))
        for source in found:
            rest = left.get(source.key, source.left)
            if (name, *source.key) in once:
                laid.said.append(Said(place, "order", f"{_named(source)}在箱 {name} 里写了两次；请合成一行"))
                continue
            once.add((name, *source.key))
            quantity = rest.quantity if load.part.quantity is None else load.part.quantity
            wanted = part_of(rest, quantity, load.part.packages)
            told = judge(_facts(laid, source, wanted, rest), law_on(head.packed_on))
            laid.said += [Said(place, _field(each), _words(each)) for each in told]
            if not told:
                left[source.key] = rest - wanted
                laid.parts.append(Part(place, name, source, wanted))
    laid.said += _full(laid, last)
    return laid


def _parties(actor: User, laid: Laid) -> Iterator[Said]:
    wish, today = laid.wish, timezone.localdate()
    if laid.agent is None or "agent" not in laid.agent.roles:
        yield Said(0, "agent", f"没有备案号为“{wish.head.agent[:20]}”的外贸代理；请核对备案号")
    made = [each for each in (laid.agent, laid.consolidator) if each]
    drawn = any(not load.consolidation for load in wish.loads)
    if drawn and laid.agent and actor.organisation_id not in {each.organisation for each in made}:
        yield Said(0, "agent", "您的单位不是这一单的外贸代理，也不是组货人，不能替它组货")
    day = wish.head.packed_on
    yield from _told(PackingFacts(day=day, warehouse=standing(wish.head.warehouse, laid.warehouse, day)), day)
    gatherer = standing(wish.consolidator, laid.consolidator, today)
    yield from _told(PackingFacts(day=today, consolidator=gatherer), today)


def _told(facts: PackingFacts, day: date, load: int = 0) -> Iterator[Said]:
    for each in judge(facts, law_on(day)):
        yield Said(load, _field(each), _words(each))


def _box(laid: Laid, place: int, name: str, load: LoadWish) -> Iterator[Said]:
    there = laid.boxes.setdefault(name, (load.kind, load.seal.strip()))
    if there[0] != load.kind:
        yield Said(place, "kind", f"箱 {name} 前面写的箱型是 {there[0]}；请改成一样")
    if load.seal.strip() not in ("", there[1]):
        if there[1]:
            yield Said(place, "seal", f"箱 {name} 前面写的封志号是 {there[1]}；请改成一样")
        laid.boxes[name] = (there[0], load.seal.strip())


def _chosen(
    laid: Laid, place: int, load: LoadWish, supply: Supply, left: Mapping[tuple[str, int], Amounts]
) -> Iterator[Source]:
    """The lines that a load means; what is wrong with naming them is said."""
    part, lines = load.part, supply.lines.get((load.consolidation, load.part.order), {})
    field, words = "", ""
    if load.consolidation and load.consolidation not in supply.consolidations:
        field, words = "consolidation", f"没有组货单“{load.consolidation[:40]}”；请核对组货单号"
    elif not lines and load.consolidation:
        field, words = "order", f"组货单 {load.consolidation} 里没有交易单“{part.order[:40]}”；请核对单号"
    elif not lines:
        field, words = "order", f"没有交易单“{part.order[:40]}”；请核对交易单号"
    elif part.line_no is not None and part.line_no not in lines:
        field, words = "line_no", f"交易单 {part.order} 没有第 {part.line_no} 行；请核对行号"
    elif part.line_no is None and (part.quantity is not None or part.packages is not None):
        field, words = "line_no", "填了数量或件数，就要填是第几行；整张交易单都装的，数量和件数不填"
    else:
        of = lines.values() if part.line_no is None else [lines[part.line_no]]
        some = [
            each for each in of if part.quantity is not None or left.get(each.key, each.left).quantity > 0
        ]
        yield from some
        if not some:
            field, words = "order", f"交易单 {part.order} 已经没有剩余，可能都已组货、装箱；请核对"
    if field:
        laid.said.append(Said(place, field, words))


def _facts(laid: Laid, source: Source, wanted: Amounts, rest: Amounts) -> PackingFacts:
    part = PartFacts(
        order=source.order,
        line_no=source.line_no,
        name=source.name,
        country=source.country,
        currency=source.currency,
        agent=source.agent,
        confirmed=source.confirmed,
        wanted=wanted,
        left=rest,
        consolidation=source.consolidation,
        closed=source.closed,
    )
    head = laid.wish.head
    agent = laid.agent.id if laid.agent else None
    return PackingFacts(day=head.packed_on, country=head.country, agent=agent, parts=[part])


def _full(laid: Laid, last: Mapping[str, int]) -> Iterator[Said]:
    loads: dict[str, Amounts] = {}
    first: dict[str, int] = {}
    for part in laid.parts:
        loads[part.container] = loads.get(part.container, Amounts()) + part.amounts
    for place, load in enumerate(laid.wish.loads):
        first.setdefault(container_number(load.container), place)
    day = laid.wish.head.packed_on
    for name, (kind, _) in laid.boxes.items():
        box = ContainerFacts(name, kind, loads.get(name, Amounts()))
        for each in _told(PackingFacts(day=day, containers=[box]), day):
            yield Said(last[name] if each.field in _LOAD else first[name], each.field, each.message)


def _field(finding: Finding) -> str:
    return str(finding.at.get("field") or "")


def _words(finding: Finding) -> str:
    return finding.told


def _named(source: Source) -> str:
    return f"交易单 {source.order} 第 {source.line_no} 行"
