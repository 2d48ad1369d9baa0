"""What follows on the demo's filings: requests for changes that wait, reminders, likely duplicates. Made by the services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from youju.foundation.identity import demo as people
from youju.foundation.kernel.context import acting
from youju.rules.trade.parties.lifecycle import APPROVED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo.numbers import mobile
from youju.trade.parties.demo.planning import Plan, may_act
from youju.trade.parties.demo.tables import authored
from youju.trade.parties.models import Party
from youju.trade.parties.services.changes import request_change
from youju.trade.parties.services.pairing import find_duplicates
from youju.trade.parties.services.reminding import remind

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_OTHERS = 5


def follow(plan: Plan, first: int) -> None:
    """Requests, reminders and pairs, as people and the nightly jobs would have made them. Within the loader's reach.

    Args:
        plan: what was made.
        first: the id of the first party.
    """
    _ask(plan, first)
    remind(today=plan.today)
    find_duplicates()


def _ask(plan: Plan, first: int) -> None:
    """Some merchants ask for a change: the demo account for its own, staff at the counter for the others."""
    wanted = authored("standing")["changes"]
    for place, (ordinal, actor) in enumerate(_askers(plan)):
        party = Party.objects.get(pk=first + plan.first(PartyRole.MERCHANT) + ordinal)
        if party.state != APPROVED:
            continue
        asked = wanted[place % len(wanted)]
        with acting(actor=actor.username, actor_name=actor.display_name):
            request_change(
                actor=actor,
                party_id=party.pk,
                values=asked.get("values", {}),
                numbers={"phone.contact": mobile(plan.parties + place)} if asked.get("phone") else {},
                reason=asked["reason"],
                expected=party.revision,
            )


def _askers(plan: Plan) -> Iterator[tuple[int, User]]:
    merchant, officer = people.find("MER"), people.find("STF")
    if merchant is not None:
        yield 0, merchant
    others = [each for each in range(1, plan.count(PartyRole.MERCHANT)) if may_act(each)]
    if officer is not None:
        yield from ((each, officer) for each in others[3 : 3 + 7 * _OTHERS : 7])
