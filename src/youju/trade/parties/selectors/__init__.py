"""Reads of the parties room."""

from youju.trade.parties.selectors.scopes import PartyScope, party_scopes

__all__ = ["PartyScope", "party_scopes"]
