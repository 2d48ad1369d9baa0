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
from youju.trade.parties.selectors.acting_for import may_act_for, principals
from youju.trade.parties.selectors.agreements import (
    AgreementPage,
    Deed,
    agreement_of,
    agreement_page,
    agreements,
)
from youju.trade.parties.selectors.buyers import BuyerPage, buyer_page
from youju.trade.parties.selectors.directory import (
    Entry,
    directory,
    find_partners,
    own_parties,
    possible_partners,
)
from youju.trade.parties.selectors.filing import Editing, Shown, choices, editor
from youju.trade.parties.selectors.measures import Procedure, WithinLimit, procedures, procedures_within_limit
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
from youju.trade.parties.selectors.records import FIELD_CODES, line, party_record, role_sections
from youju.trade.parties.selectors.scopes import PartyScope, party_scopes

__all__ = [
    "CHANNELS",
    "FIELD_CODES",
    "ROLES",
    "STATES",
    "ActingParty",
    "AgreementPage",
    "BuyerPage",
    "Deed",
    "Editing",
    "Entry",
    "PartyPage",
    "PartyScope",
    "Procedure",
    "QueueRow",
    "Shown",
    "WithinLimit",
    "acting_parties",
    "acting_party",
    "acting_party_numbered",
    "agreement_of",
    "agreement_page",
    "agreements",
    "buyer_page",
    "choices",
    "country_label",
    "directory",
    "editor",
    "find_partners",
    "line",
    "markets",
    "may_act_for",
    "own_filings",
    "own_parties",
    "parties",
    "party",
    "party_names",
    "party_page",
    "party_record",
    "party_scopes",
    "possible_partners",
    "principals",
    "procedures",
    "procedures_within_limit",
    "queue",
    "queue_counts",
    "role_sections",
    "role_words",
    "section_words",
    "seen_party_ids",
    "state_label",
    "visible",
]
