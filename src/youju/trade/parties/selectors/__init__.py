"""Reads of the parties room."""

from __future__ import annotations

from youju.trade.parties.selectors.acting import (
    ActingParty,
    acting_parties,
    acting_party,
    acting_party_numbered,
    party_names,
    seen_party_ids,
)

__all__ = [
    "ActingParty",
    "acting_parties",
    "acting_party",
    "acting_party_numbered",
    "party_names",
    "seen_party_ids",
]
