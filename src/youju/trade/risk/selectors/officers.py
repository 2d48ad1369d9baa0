"""Who may dispose of hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import roles_with
from youju.foundation.identity.selectors import colleagues
from youju.trade.risk.permissions import DISPOSE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def officers(actor: User) -> list[User]:
    """The open accounts that may dispose of hits, by name. One query."""
    roles = [role.value for role in roles_with(DISPOSE)]
    return list(colleagues(actor=actor, everybody=True).filter(roles__overlap=roles))


def officer_choices(actor: User) -> list[tuple[str, str]]:
    """Username and name of each, for a form."""
    return [(each.username, each.display_name) for each in officers(actor)]
