"""The demo year's orders, batch by batch: plain facts, made from a plan alone and streamed; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from youju.foundation.kernel.chance import Chance, Lots
from youju.foundation.workflow.walks import next_moment, office_hour
from youju.rules.trade.orders.lifecycle import CANCELLED, CONFIRMED, DRAFT, REGISTERED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.orders.demo.lines import Size, lines_of
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan, packing_day, working_day_before
from youju.trade.orders.demo.rates import rate_of
from youju.trade.orders.demo.records import Batch, MadeOrder
from youju.trade.parties.demo.agreements import signer
from youju.trade.parties.demo.tables import authored

_ASKED = 6
_OFTEN = 60
_CHANNELS = Lots((("web", 55), ("excel", 30), ("api", 15)))
STAGES = {
    DRAFT: 3, REGISTERED: 1, CONFIRMED: 2, "gathering": 1, "gathered": 1, "packing": 1, "packed": 1, "proposed": 1, "planned": 1,
    "pre_entry": 2, "sent": 2, "accepted": 3, "rejected": 3, "corrected": 5, "inspection": 4, "released": 5, "exported": 9,
    "ended_corrected": 12, "withdrawn": 6,
}  # fmt: skip
"""How far a batch of the last weeks came → how many working days ago its goods were, or are to be, packed.

``corrected``: rejected, and a new version stands before sending; ``ended_corrected``: rejected, corrected and exported.
"""
BEFORE_PACKING = frozenset({DRAFT, REGISTERED, CONFIRMED, "gathering", "gathered"})


@dataclass(slots=True)
class Serial:
    """The number that the next order gets; orders are numbered in the order in which they are made."""

    last: int = 0

    def take(self) -> int:
        """The next one."""
        self.last += 1
        return self.last


def batches(plan: YearPlan, partners: Partners, serial: Serial | None = None) -> Iterator[Batch]:
    """The batches of the year before, of the year, of the last weeks, in the order of their packing; without what is planted."""
    serial = serial or Serial()
    endings = _endings()
    for place in range(plan.before):
        chance = Chance(plan.seed, "before", place)
        day = packing_day(place, plan.before, chance, before=True)
        yield Maker(plan, partners, chance, day, size=_size_before()).batch(
            f"2022/{place}", "exported", serial
        )
    for place in range(plan.batches):
        chance = Chance(plan.seed, "batch", place)
        day = packing_day(place, plan.batches, chance)
        stage = chance.draw(endings)
        # The last one is all the demo merchant's: at every scale its account has something that was exported.
        own = place == plan.batches - 1 and partners.agent_of(0, working_day_before(day, 9)) is not None
        maker = Maker(plan, partners, chance, day, seller=0 if own else None)
        yield maker.batch(f"2023/{place}", "exported" if own else stage, serial)
    for place in range(plan.recent):
        chance = Chance(plan.seed, "recent", place)
        # From the farthest to the nearest, so that numbers rise with the days.
        stage = sorted(STAGES, key=lambda name: -STAGES[name])[place * len(STAGES) // plan.recent]
        day = working_day_before(plan.today, STAGES[stage])
        yield Maker(plan, partners, chance, day, often=_OFTEN).batch(f"recent/{place}", stage, serial)


@dataclass(slots=True)
class Maker:
    """What makes one batch: its stream of chance, the day on which it is packed.

    ``size``: of the batch, drawn from those of the year where it is not said. ``often``: in how many of a hundred cases a demo
    account's own party takes part, so that its to-do list is not empty. ``seller``: the merchant of all orders, where it is said.
    """

    plan: YearPlan
    partners: Partners
    chance: Chance
    day: date
    often: int = 20
    size: Size | None = None
    seller: int | None = None

    def batch(self, key: str, stage: str, serial: Serial) -> Batch:
        """A batch with its orders."""
        chance, partners, day = self.chance, self.partners, self.day
        size = self.size or chance.draw(_sizes())
        found = self._agent()
        buyer = partners.buyer(working_day_before(day, 10), chance)
        country = partners.one(PartyRole.BUYER, buyer).country
        main = _currency(country, chance)
        two = chance.percent(authored("year")["second_currency"])
        broker = partners.any_of(PartyRole.BROKER, day, chance, often=self.often)
        gatherer = (
            partners.any_of(PartyRole.CONSOLIDATOR, day, chance, often=self.often)
            if chance.percent(85)
            else None
        )
        orders: list[MadeOrder] = []
        count = chance.between(*size.orders)
        for _ in range(2 * count):
            if len(orders) == count:
                break
            second = two and len(orders) * 2 >= count
            currency = ("EUR" if main == "USD" else "USD") if second else main
            if chance.percent(35):
                other = partners.compatriot(country, working_day_before(day, 10), chance)
                buyer = buyer if other is None else other
            made = self.order(stage, found, buyer, currency, size, serial, broker=broker, gatherer=gatherer)
            if made is not None:
                orders.append(made)
        return Batch(
            key, stage, day, found, gatherer, broker, partners.any_of(PartyRole.WAREHOUSE, day, chance), country,
            tuple(orders),
        )  # fmt: skip

    def _agent(self) -> int:
        """Whose batch it is: mostly the agent of some merchant that has one."""
        day = working_day_before(self.day, 9)
        if self.seller is not None and (own := self.partners.agent_of(self.seller, day)) is not None:
            return own
        if self.often == _OFTEN and self.chance.percent(_OFTEN):
            return self.partners.any_of(PartyRole.AGENT, day, self.chance, often=100)
        for _ in range(_ASKED):
            merchant = self.partners.merchant(day, self.chance)
            found = None if merchant is None else self.partners.agent_of(merchant, day)
            if found is not None:
                return found
        return self.partners.any_of(PartyRole.AGENT, day, self.chance)

    def order(  # noqa: PLR0917 - what one order is
        self,
        stage: str,
        agent: int,
        buyer: int,
        currency: str,
        size: Size,
        serial: Serial,
        *,
        broker: int | None,
        gatherer: int | None,
    ) -> MadeOrder | None:
        """One order of some merchant that has entrusted the agent, or exports by itself."""
        chance = self.chance
        ordered = working_day_before(self.day, chance.between(3, 9))
        if self.day >= working_day_before(self.plan.today, 3):
            # A deal of these days waits no longer than deals do.
            ordered = working_day_before(self.day, chance.between(1, 3))
        alone = chance.percent(authored("year")["own_export"])
        merchant = None if alone else self.partners.principal(agent, ordered, chance)
        by_agent: int | None = agent
        if self.seller is not None:
            merchant = self.seller
        elif merchant is None:
            merchant = self.partners.merchant(ordered, chance)
            if merchant is None:
                return None
            by_agent = agent if self.partners.entrusts(merchant, agent, ordered) else None
        lines = lines_of(self.partners, merchant, ordered, currency, size, chance)
        if not lines:
            return None
        state = CONFIRMED
        if stage in {DRAFT, REGISTERED}:
            state = stage if by_agent is not None else CONFIRMED
        elif chance.percent(authored("year")["cancelled"]):
            state = CANCELLED
        return self.signed(
            serial.take(),
            state,
            (merchant, by_agent, buyer),
            ordered,
            currency,
            lines,
            broker=broker,
            gatherer=gatherer,
        )

    def signed(  # noqa: PLR0917 - what one order is
        self,
        serial: int,
        state: str,
        sides: tuple[int, int | None, int],
        ordered: date,
        currency: str,
        lines: Any,
        *,
        broker: int | None,
        gatherer: int | None,
    ) -> MadeOrder:
        """An order with who registered and who confirmed it, and when."""
        chance = self.chance
        merchant, agent, buyer = sides
        registered = office_hour(ordered, chance)
        seller = signer(PartyRole.MERCHANT, merchant)[0]
        other = signer(PartyRole.AGENT, agent)[0] if agent is not None else ""
        by_agent = agent is not None and chance.percent(40)
        later = self._confirmed(registered)
        both = state == CONFIRMED
        mine = (other if by_agent else seller, registered)
        theirs = (seller if by_agent else other, later) if both and agent is not None else None
        merchant_side, agent_side = (theirs, mine) if by_agent else (mine, theirs)
        if state == DRAFT:  # sent back: both confirm anew
            merchant_side = agent_side = None
        return MadeOrder(
            number=f"T{ordered:%y%m%d}{serial:06d}",
            state=state,
            merchant=merchant,
            agent=agent,
            buyer=buyer,
            consolidator=gatherer if both else None,
            broker=broker if both else None,
            ordered_on=ordered,
            country=self.partners.one(PartyRole.BUYER, buyer).country,
            currency=currency,
            rate=rate_of(currency, ordered),
            lines=tuple(lines),
            channel=chance.draw(_CHANNELS),
            reference=f"HT{ordered:%Y}-{serial:06d}" if chance.percent(60) else "",
            registered_at=registered,
            merchant_confirmed=merchant_side,
            agent_confirmed=agent_side,
            confirmed_at=(later if agent is not None else registered) if both else None,
            created_by=mine[0],
        )

    def _confirmed(self, registered: datetime) -> datetime:
        chance = self.chance
        days = 4 if chance.percent(authored("year")["late_confirm"]) else chance.between(0, 1)
        found = next_moment(registered, days, chance)
        # Nothing is packed that is not confirmed.
        return found if found.date() < self.day else next_moment(registered, 0, chance)


def _currency(country: str, chance: Chance) -> str:
    told = authored("year")
    if country in told["euro"] and chance.percent(60):
        return "EUR"
    return "GBP" if country in told["pound"] and chance.percent(70) else "USD"


@cache
def _sizes() -> Lots[Size]:
    return Lots(
        (
            Size(tuple(each["orders"]), tuple(each["cartons"]), tuple(each["lines"])),
            each["share"],
        )
        for each in authored("year")["sizes"].values()
    )


@cache
def _size_before() -> Size:
    told = authored("year")["before"]
    return Size(tuple(told["orders"]), tuple(told["cartons"]), tuple(told["lines"]))


@cache
def _endings() -> Lots[str]:
    told = authored("year")["endings"]
    return Lots((name if name != "corrected" else "ended_corrected", share) for name, share in told.items())
