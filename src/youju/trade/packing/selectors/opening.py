"""What a new consolidation or packing begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.trade.packing import permissions
from youju.trade.parties.selectors.partners import own_numbers

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def own_agent(*, actor: User) -> str:
    """The filing number of the actor's own agent; empty where the organisation is none, or is several. One query at most.

    Raises:
        PermissionDenied: the actor may not pack.
    """
    require(actor, permissions.EDIT)
    own = own_numbers(actor.organisation_id, "agent") if actor.organisation_id is not None else ()
    return own[0] if len(own) == 1 else ""
