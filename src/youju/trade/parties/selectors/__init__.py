"""Reads of parties, each within the reach of who asks."""

from youju.trade.parties.selectors.filing import Editing, Shown, choices, editor
from youju.trade.parties.selectors.measures import (
    Procedure,
    WithinLimit,
    procedures,
    procedures_within_limit,
)
from youju.trade.parties.selectors.parties import (
    CHANNELS,
    ROLES,
    STATES,
    PartyPage,
    country_label,
    markets,
    own_filings,
    parties,
    party,
    party_page,
    role_words,
    section_words,
    state_label,
)
from youju.trade.parties.selectors.queues import QueueRow, queue, queue_counts
from youju.trade.parties.selectors.reach import visible
from youju.trade.parties.selectors.records import (
    FIELD_CODES,
    line,
    party_record,
    role_sections,
)

__all__ = [
    "CHANNELS",
    "FIELD_CODES",
    "ROLES",
    "STATES",
    "Editing",
    "PartyPage",
    "Procedure",
    "QueueRow",
    "Shown",
    "WithinLimit",
    "choices",
    "country_label",
    "editor",
    "line",
    "markets",
    "own_filings",
    "parties",
    "party",
    "party_page",
    "party_record",
    "procedures",
    "procedures_within_limit",
    "queue",
    "queue_counts",
    "role_sections",
    "role_words",
    "section_words",
    "state_label",
    "visible",
]
