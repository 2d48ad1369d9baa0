"""The demo's agency agreements: nearly every merchant that may act has one in force, some have others behind or before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from youju.foundation.kernel.chance import Chance, Lots
from youju.foundation.workflow.walks import CHINA, Walk, next_moment, office_hour, working_day
from youju.rules.trade.parties.lifecycle import AGREEMENT_FLOW, DRAFT, ENDED, IN_FORCE, REFUSED, SIGNING
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo import names
from youju.trade.parties.demo.planning import Plan, may_act
from youju.trade.parties.demo.tables import authored

_STATES = Lots(((IN_FORCE, 78), (SIGNING, 4), (DRAFT, 3), (ENDED, 10), (REFUSED, 2), ("cancelled", 3)))
_FEES = ("0.60", "0.80", "1.00", "1.20", "1.50")
_OWN_EVERY = 10
_RENEWED_EVERY = 50  # the next one is already out for signing, the demo account's first
_LAPSED = "lapsed"  # of the demo year and the one before, and over; the one in force followed it
_TERM = timedelta(days=364)
_LAPSED_TERM = timedelta(days=729)


@dataclass(frozen=True, slots=True)
class MadeAgreement:
    """One agreement; principal and agent by their ordinals within their roles."""

    number: str
    principal: int
    agent: int
    values: dict[str, Any]
    walk: Walk


def agreements(plan: Plan) -> Iterator[MadeAgreement]:
    """Every agreement of the plan, by merchant. The demo account's agent has each tenth one, the account's own first."""
    agents = tuple(ordinal for ordinal in range(plan.count(PartyRole.AGENT)) if may_act(ordinal))
    serial = 0
    for ordinal in range(plan.count(PartyRole.MERCHANT)):
        if not may_act(ordinal):
            continue
        chance = Chance(plan.seed, "agreement", ordinal)
        own = ordinal % _OWN_EVERY == 0
        agent = 0 if own else chance.pick(agents)
        states = [IN_FORCE if own else chance.draw(_STATES)]
        if states == [IN_FORCE]:
            serial += 1
            yield _agreement(plan, serial, ordinal, agent, _LAPSED, chance)
        if chance.percent(8) and len(agents) > 1:
            states.append(ENDED)  # with another agent, before this one
        for place, state in enumerate(states):
            other = agents[(agents.index(agent) + place) % len(agents)]
            serial += 1
            made = _agreement(plan, serial, ordinal, other, state, chance)
            yield made
            if own and ordinal % _RENEWED_EVERY == 0 and state == IN_FORCE:
                serial += 1
                yield _agreement(plan, serial, ordinal, other, SIGNING, chance, after=made.values["valid_to"])


def _agreement(  # noqa: PLR0917 - what one agreement is
    plan: Plan,
    serial: int,
    principal: int,
    agent: int,
    state: str,
    chance: Chance,
    after: date | None = None,
) -> MadeAgreement:
    begun = _begun(plan, state, chance)
    sides = (signer(PartyRole.MERCHANT, principal), signer(PartyRole.AGENT, agent))
    walk = Walk(AGREEMENT_FLOW, sides[1], begun)
    reasons = authored("standing")["reasons"]
    signed: list[datetime] = []
    if state != DRAFT:
        walk.take("offer", sides[1], next_moment(begun, 0, chance))
    if state in {IN_FORCE, ENDED, _LAPSED}:
        signed = [walk.entered, next_moment(walk.entered, chance.between(1, 3), chance)]
        walk.take("conclude", sides[0], signed[1])
    if state == ENDED:
        ended = next_moment(walk.entered, chance.between(40, 120), chance)
        walk.take("end", sides[0], ended, chance.pick(reasons["end"]))
    elif state == _LAPSED:
        last = walk.entered + _LAPSED_TERM
        walk.take("end", sides[1], next_moment(last, 1, chance), reasons["lapse"][0])
    elif state == REFUSED:
        walk.take(
            "refuse", sides[0], next_moment(walk.entered, chance.between(1, 3), chance), reasons["refuse"][0]
        )
    elif state == "cancelled":
        walk.take("drop", sides[1], next_moment(walk.entered, 1, chance), reasons["refuse"][1])
    first = after + timedelta(days=1) if after else (signed[-1] if signed else begun).date()
    values: dict[str, Any] = {
        "state": walk.state,
        "valid_from": first,
        "valid_to": _last(plan, state, first, chance),
        "terms": {
            "goods": "委托方备案范围内的箱包及其原辅料",
            "fee_kind": "rate",
            "fee": chance.pick(_FEES),
            "collection": chance.pick(("principal", "agent")),
            "settle_days": 10,
            "exemption": "agent",
            "reports_consignor": True,
            "other": "",
        },
        "principal_signed_by": sides[0][0] if signed else "",
        "principal_signed_at": signed[1] if signed else None,
        "agent_signed_by": sides[1][0] if signed else "",
        "agent_signed_at": signed[0] if signed else None,
        "ended_on": walk.entered.date() if state in {ENDED, _LAPSED} else None,
        "created_by": sides[1][0],
        "created_at": begun,
    }
    return MadeAgreement(f"SL{begun.year}-{serial:06d}", principal, agent, values, walk)


@lru_cache(maxsize=8_192)
def signer(role: PartyRole, ordinal: int) -> tuple[str, str]:
    """Username and name of who signs for a party."""
    account = authored("standing")["accounts"][role.value]
    if ordinal == 0:
        return account["user"], account["person"]
    return f"{role.value[:3]}-{ordinal:06d}", names.person(Chance(0, "signer", ordinal))


def _begun(plan: Plan, state: str, chance: Chance) -> datetime:
    if state in {DRAFT, SIGNING}:
        return datetime.combine(
            plan.today - timedelta(days=chance.between(2, 9)), time(10, chance.below(60)), CHINA
        )
    if state == IN_FORCE:
        return office_hour(working_day(plan.today - timedelta(days=chance.between(30, 300)), 0), chance)
    first, days = (date(2022, 1, 4), 50) if state == _LAPSED else (date(2023, 1, 3), 300)
    return office_hour(working_day(first + timedelta(days=chance.below(days)), 0), chance)


def _last(plan: Plan, state: str, first: date, chance: Chance) -> date:
    """A year, but for some in force that end soon."""
    if state == IN_FORCE and chance.percent(5):
        return plan.today + timedelta(days=chance.between(3, 28))
    return first + (_LAPSED_TERM if state == _LAPSED else _TERM)
