"""Whose turn a declaration is: the agent's and the broker's people, before it goes to customs."""

from __future__ import annotations

from youju.foundation.identity.selectors import organisation_codes
from youju.trade.declarations.models import Declaration
from youju.trade.parties.selectors.partners import organisations_of


def codes_for(row: Declaration) -> list[str]:
    """Codes of the organisations whose people act on it."""
    found = organisations_of(key for key in (row.agent_id, row.broker_id) if key is not None)
    return sorted(organisation_codes(each for each in found.values() if each is not None).values())
