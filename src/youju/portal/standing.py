"""What the office asks of the trade, which it may not know: whether an enterprise may take part in what the centre offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.rules.trade.parties.lifecycle import APPROVED, SUSPENDED
from youju.trade.parties.selectors.applicants import own_applicants

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def is_suspended(actor: User) -> bool:
    """Whether a filing of the actor's organisation is suspended and none is in force."""
    states = {each.state for each in own_applicants(actor)}
    return SUSPENDED in states and APPROVED not in states
