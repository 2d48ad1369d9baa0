"""The demo year's declarations, packing by packing: planned by the planner itself, streamed; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from youju.foundation.kernel.chance import Chance
from youju.foundation.policies import law_on
from youju.foundation.workflow.walks import next_moment
from youju.rules.trade.declarations.facts import Declaration, GoodsLine, orders_of
from youju.rules.trade.declarations.money import to_cents
from youju.rules.trade.declarations.terms import terms_of
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.declarations.demo.headers import header_of
from youju.trade.declarations.demo.histories import Numbers, versions
from youju.trade.declarations.demo.records import Filing, MadeDeclaration, MadeDeclaredLine, MadePlan
from youju.trade.declarations.planning import Effort, declare, plan
from youju.trade.orders.demo.making import BEFORE_PACKING
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan
from youju.trade.orders.demo.rates import CURRENCIES, dollars
from youju.trade.packing.demo.records import MadePacked, MadePacking, Shipment
from youju.trade.parties.demo.agreements import signer

# The clock must not decide what the example is: only counted steps end a search.
_EFFORT = Effort(seconds=3_600.0, nodes=200, rounds=400, proof=3_600.0, trials=400)
_NOT_PLANNED = BEFORE_PACKING | {"packing", "packed"}
_MODEL_LENGTH = 255


def filings(
    year: YearPlan, shipments: Iterable[Shipment], partners: Partners, numbers: Numbers | None = None
) -> Iterator[Filing]:
    """Each shipment with its plan and declarations."""
    numbers = numbers or Numbers()
    for shipment in shipments:
        yield file(year, shipment, partners, numbers)


def file(year: YearPlan, shipment: Shipment, partners: Partners, numbers: Numbers) -> Filing:
    """The plan and declarations of one shipment."""
    batch, packing = shipment.batch, shipment.packing
    if batch.stage in _NOT_PLANNED or packing is None or packing.closed_at is None:
        return Filing(shipment)
    chance = Chance(year.seed, "filing", int.from_bytes(batch.key.encode()[-7:], "big"))
    began = next_moment(packing.closed_at, 0, chance)
    planned = planned_for(packing, began.date(), partners)
    if batch.plant.get("change", {}).get("together"):  # on purpose: all in one declaration, whatever the cap
        terms = terms_of(law_on(began.date()))
        planned = replace(
            planned, made=replace(planned.made, declarations=(declare(1, planned.orders, terms),))
        )
    accepted = None if batch.stage == "proposed" else next_moment(began, 0, chance)
    made = replace(
        planned,
        state="proposed" if accepted is None else "accepted",
        created_by=signer(PartyRole.AGENT, batch.agent)[0],
        created_at=began,
        accepted_at=accepted,
    )
    if accepted is None:
        return Filing(shipment, made)
    declarations: list[MadeDeclaration] = []
    for place, each in enumerate(made.made.declarations):
        told = Told(each, packing, partners)
        header = header_of(shipment, told.lines, partners)
        stage = _stage(batch.stage, batch.key, place)
        declarations += versions(
            shipment, each.currency, told.lines, header, stage, accepted, numbers, chance
        )
    return Filing(shipment, made, tuple(declarations))


def planned_for(packing: MadePacking, day: date, partners: Partners) -> MadePlan:
    """What the planner says of a packing on a day; state and times are to be filled in."""
    orders = orders_of(goods_lines(packing.packed, partners))
    made = plan(orders, law_on(day), usd_rates=usd_rates(day), effort=_EFFORT)
    # How long it took is no part of the example.
    made = replace(made, proof=replace(made.proof, seconds=0.0))
    return MadePlan("proposed", day, made, orders, "", packing.created_at, None)


def usd_rates(day: date) -> dict[str, Decimal]:
    """Dollars for one unit of each other currency, by the month of a day."""
    return {currency: dollars(currency, day) for currency in CURRENCIES if currency != "USD"}


def goods_lines(packed: Sequence[MadePacked], partners: Partners) -> list[GoodsLine]:
    """The packed lines as the planner takes them; the number is the packed line's."""
    return [
        GoodsLine(
            number=each.number,
            order=each.order.number,
            merchant=partners.one(PartyRole.MERCHANT, each.order.merchant).number,
            hs_code=each.line.hs_code,
            name=each.line.name,
            quantity=each.amounts.quantity,
            unit=each.line.unit,
            packages=each.amounts.packages,
            cents=to_cents(each.amounts.amount),
            net_weight=each.amounts.net_weight,
            gross_weight=each.amounts.gross_weight,
            currency=each.order.currency,
            inspection=each.line.inspection,
            export_duty=each.line.export_duty,
            first_quantity=_share(each, each.line.quantity1),
            first_unit=each.line.unit1,
            second_quantity=_share(each, each.line.quantity2),
            second_unit=each.line.unit2,
        )
        for each in packed
    ]


def _share(packed: MadePacked, whole: Decimal | None) -> Decimal | None:
    """The statutory quantity of a part: as dealt, or as weighed."""
    if whole is None:
        return None
    line = packed.line
    if whole == line.quantity:
        return packed.amounts.quantity
    return packed.amounts.net_weight if whole == line.net_weight else None


@dataclass(frozen=True, slots=True)
class Told:
    """A planned declaration with the goods behind it."""

    declaration: Declaration
    packing: MadePacking
    partners: Partners

    @property
    def lines(self) -> tuple[MadeDeclaredLine, ...]:
        """Its lines with elements and sources."""
        by = {each.number: each for each in self.packing.packed}
        return tuple(
            MadeDeclaredLine(line, self._model(by[line.sources[0]]), tuple(by[n] for n in line.sources))
            for line in self.declaration.lines
        )

    def _model(self, packed: MadePacked) -> str:
        good = self.partners.good(packed.line.good, packed.order.merchant)
        return "|".join(str(value) for value in good.values["elements"].values())[:_MODEL_LENGTH]


_OTHERS = {
    "rejected": "accepted",
    "corrected": "accepted",
    "ended_corrected": "exported",
    "withdrawn": "exported",
}


def _stage(stage: str, key: str, place: int) -> str:
    """Only the first declaration of a packing meets with trouble."""
    if place == 0:
        return stage
    recent = key.startswith("recent")
    return "released" if recent and stage == "withdrawn" else _OTHERS.get(stage, stage)
