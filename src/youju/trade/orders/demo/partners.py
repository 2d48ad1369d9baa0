"""Who may trade with whom on which day, and with what: looked up in the demo's own parties, agreements and goods.

Held for the whole run: some hundred bytes for each party and eight for each good, nothing for an order.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

from youju.foundation.kernel.chance import Chance
from youju.rules.trade.parties.lifecycle import ENDED, IN_FORCE
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.goods.demo.making import MadeGood, good, goods, sold
from youju.trade.parties.demo.agreements import agreements
from youju.trade.parties.demo.making import parties
from youju.trade.parties.demo.planning import Plan, may_act

_TRIES = 24
_ENOUGH = 4  # goods of which a merchant makes an order
_ONE_DAY = timedelta(days=1)
_STAYS_AWAY = 12  # one merchant in so many sold in the year before and no more


@dataclass(frozen=True, slots=True)
class Partner:
    """A party that may act, as orders and declarations name it; good from a day to a day, both included."""

    ordinal: int
    number: str
    name: str
    name_en: str
    credit_code: str
    customs_code: str
    country: str
    organisation: str
    valid_from: date
    valid_to: date

    def may_on(self, day: date) -> bool:
        """Whether it is on file on a day."""
        return self.valid_from <= day <= self.valid_to


class Partners:
    """The demo's parties that may act, by role and ordinal."""

    def __init__(self, plan: Plan) -> None:
        """Read the parties, agreements and goods of a plan, once."""
        self.plan = plan
        self._of: dict[PartyRole, dict[int, Partner]] = {role: {} for role in PartyRole}
        self._buyers: dict[str, list[int]] = {}
        for made in parties(plan):
            if may_act(made.ordinal):
                values = made.values
                self._of[made.role][made.ordinal] = Partner(
                    made.ordinal, values["number"], values["name"], values["name_en"], values.get("credit_code", ""),
                    values.get("customs_code", ""), values["country"], made.organisation, values["valid_from"],
                    values["valid_to"],
                )  # fmt: skip
                if made.role is PartyRole.BUYER:
                    self._buyers.setdefault(values["country"], []).append(made.ordinal)
        self._ordinals = {role: array("I", there) for role, there in self._of.items()}
        self._read_goods()
        self._read_agreements()
        self._weighted = _Weighted(list(self._of[PartyRole.MERCHANT]), self._stock)

    def _read_goods(self) -> None:
        self._stock: dict[int, array[int]] = {}
        self._listed: dict[int, array[int]] = {}
        for made in goods(self.plan):
            if sold(made) and made.owner in self._of[PartyRole.MERCHANT]:
                self._stock.setdefault(made.owner, array("I")).append(made.index)
                day = made.values["created_at"].date().toordinal()
                self._listed.setdefault(made.owner, array("I")).append(day)

    def _read_agreements(self) -> None:
        self._agents: dict[int, list[tuple[int, date, date]]] = {}
        principals: dict[int, set[int]] = {}
        for made in agreements(self.plan):
            values = made.values
            if values["state"] not in {IN_FORCE, ENDED} or made.agent not in self._of[PartyRole.AGENT]:
                continue
            signed = max(values["principal_signed_at"], values["agent_signed_at"]).date()
            agent = self._of[PartyRole.AGENT][made.agent]
            first = max(values["valid_from"], signed, agent.valid_from)
            last = min(values["valid_to"], (values["ended_on"] or date.max) - _ONE_DAY, agent.valid_to)
            self._agents.setdefault(made.principal, []).append((made.agent, first, last))
            principals.setdefault(made.agent, set()).add(made.principal)
        self._principals = {
            agent: _Weighted(sorted(found), self._stock) for agent, found in principals.items()
        }

    def one(self, role: PartyRole, ordinal: int) -> Partner:
        """The party of a role with the ordinal; it may act."""
        return self._of[role][ordinal]

    def any_of(self, role: PartyRole, day: date, chance: Chance, *, often: int = 20) -> int:
        """One of a role that is on file on the day, the demo account's more often than another; its own where there is none."""
        if chance.percent(often) and self._of[role][0].may_on(day):
            return 0
        return self._drawn(role, day, chance)

    def merchant(self, day: date, chance: Chance) -> int | None:
        """A merchant with goods on the day, by how many it has; ``None`` where chance finds none."""
        for _ in range(2 * _TRIES):
            found = self._weighted.draw(chance)
            if self._ready(found, day):
                return found
        return None

    def principal(self, agent: int, day: date, chance: Chance) -> int | None:
        """A merchant with goods that has entrusted the agent on the day, or ``None`` where chance finds none."""
        lots = self._principals.get(agent)
        for _ in range(_TRIES if lots else 0):
            assert lots  # noqa: S101 - tells the type checker
            merchant = lots.draw(chance)
            if self._ready(merchant, day) and self.entrusts(merchant, agent, day):
                return merchant
        return None

    def agent_of(self, merchant: int, day: date) -> int | None:
        """Who is entrusted by a merchant on a day."""
        return next((a for a, first, last in self._agents.get(merchant, ()) if first <= day <= last), None)

    def entrusts(self, merchant: int, agent: int, day: date) -> bool:
        """Whether the merchant has an agreement with the agent that is in force on the day."""
        return any(a == agent and first <= day <= last for a, first, last in self._agents.get(merchant, ()))

    def buyer(self, day: date, chance: Chance) -> int:
        """A buyer on file on the day; the demo account's has one deal in sixteen."""
        if chance.below(16) == 0 and self._of[PartyRole.BUYER][0].may_on(day):
            return 0
        return self._drawn(PartyRole.BUYER, day, chance)

    def compatriot(self, country: str, day: date, chance: Chance) -> int | None:
        """Another buyer of a country, where there is one on the day."""
        found = chance.pick(self._buyers[country])
        return found if self._of[PartyRole.BUYER][found].may_on(day) else None

    def stock(self, merchant: int, day: date) -> list[int]:
        """The indexes of what a merchant has in its catalogue on a day and may sell."""
        until = day.toordinal()
        return [
            index
            for index, listed in zip(
                self._stock.get(merchant, ()), self._listed.get(merchant, ()), strict=True
            )
            if listed < until
        ]

    def good(self, index: int, owner: int) -> MadeGood:
        """A good, made again."""
        return _good(self.plan, index, owner)

    def _ready(self, merchant: int, day: date) -> bool:
        if merchant % _STAYS_AWAY == _STAYS_AWAY - 1 and day.year >= self.plan.year:
            return False
        return (
            self._of[PartyRole.MERCHANT][merchant].may_on(day) and len(self.stock(merchant, day)) >= _ENOUGH
        )

    def _drawn(self, role: PartyRole, day: date, chance: Chance) -> int:
        for _ in range(_TRIES):
            found = chance.pick(self._ordinals[role])
            if self._of[role][found].may_on(day):
                return found
        there = self._of[role]
        return next((each for each, one in there.items() if one.may_on(day)), self._ordinals[role][0])


class _Weighted:
    """Merchants by the number of their goods."""

    __slots__ = ("ends", "things")

    def __init__(self, merchants: Sequence[int], stock: dict[int, array[int]]) -> None:
        some = [each for each in merchants if each in stock]
        self.things = array("I", some or [0])
        self.ends = array("Q", accumulate(len(stock[each]) for each in some)) or array("Q", [1])

    def draw(self, chance: Chance) -> int:
        """One of them."""
        return self.things[bisect_right(self.ends, chance.below(self.ends[-1]))]


@lru_cache(maxsize=8_192)
def _good(plan: Plan, index: int, owner: int) -> MadeGood:
    return good(plan, index, owner)
