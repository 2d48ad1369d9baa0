"""What is wrong on purpose: ``demo/trade/planted.yaml``, laid over the parties while they are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo import numbers
from youju.trade.parties.demo.planning import Plan
from youju.trade.parties.demo.tables import authored

if TYPE_CHECKING:
    from youju.trade.parties.demo.making import MadeParty

_PASSED = timedelta(days=40)


def planted(plan: Plan) -> list[dict[str, Any]]:
    """The oddities among parties that the plan is large enough for."""
    return [
        each
        for each in authored("planted")["parties"]
        if max(each["ordinals"]) < plan.count(PartyRole(each["role"]))
    ]


def plant(plan: Plan, made: MadeParty) -> MadeParty:
    """The party with the oddities that are meant for it."""
    for each in _of().get((made.role.value, made.ordinal), ()):
        if max(each["ordinals"]) < plan.count(made.role):
            made = _with(plan, made, each)
    return made


@cache
def _of() -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for each in authored("planted")["parties"]:
        for ordinal in each["ordinals"]:
            found.setdefault((each["role"], ordinal), []).append(each)
    return found


def _with(plan: Plan, made: MadeParty, oddity: dict[str, Any]) -> MadeParty:
    model = plan.first(made.role) + oddity["ordinals"][0]
    foreign = made.role is PartyRole.BUYER
    shared = {
        "phone": numbers.mobile,
        "resident_id": numbers.resident_id,
        "passport": numbers.passport,
    }
    if foreign and "phone" in oddity["share"]:
        raise ValueError(f"{oddity['id']}: a buyer's phone depends on the country and cannot be shared")
    identifiers = tuple(
        (kind, holder, shared[kind](model) if kind in oddity["share"] else number)
        for kind, holder, number in made.identifiers
    )
    papers = tuple(
        (kind, number, plan.today - _PASSED if kind in oddity.get("papers", ()) else until)
        for kind, number, until in made.papers
    )
    changed = replace(made, identifiers=identifiers, papers=papers)
    return changed.changed(**oddity.get("values", {}), **oddity.get("each", {}).get(made.ordinal, {}))
