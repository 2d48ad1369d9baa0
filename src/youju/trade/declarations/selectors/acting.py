"""Who may act on a packing's plans and on a declaration: the people of its agent and of its broker, whoever else takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import allowed
from youju.trade.declarations import permissions
from youju.trade.parties.selectors.partners import organisations_of, own_numbers

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

BROKER = "broker"


def acts_for(actor: User, agent: int, broker: int | None = None) -> bool:
    """Whether the actor's organisation is that of the agent or the broker, by party id. One query."""
    parties = [each for each in (agent, broker) if each is not None]
    own = actor.organisation_id
    return own is not None and own in organisations_of(parties).values()


def may_plan(actor: User, agent: int) -> bool:
    """Whether the actor may plan a packing that it sees: of its agent, or itself a broker on file. One query or two."""
    if not allowed(actor, permissions.PLAN) or actor.organisation_id is None:
        return False
    return acts_for(actor, agent) or bool(own_numbers(actor.organisation_id, BROKER))
