"""The deeds of this room, and what its records are called in the trail. The steps of flows are workflow's verbs."""

from youju.trade.parties.events.agreements import (
    AGREEMENT_DOWNLOADED,
    AGREEMENT_DRAFTED,
    AGREEMENT_FIELDS,
    AGREEMENT_REMINDED,
    AGREEMENT_REVISED,
    AGREEMENT_SIGNED,
    BUYER_FILED,
    agreement_subject,
)
from youju.trade.parties.events.demo import (
    DEMO_KIND,
    DEMO_LOADED,
)
from youju.trade.parties.events.filing import (
    DISCARDED,
    FILED,
    IMPORT_UNDONE,
    IMPORTED,
    OPENED,
    PAPER_ADDED,
    PAPER_READ,
    PAPER_REMOVED,
    PARTY_FIELDS,
    PUT_ON_FILE,
    UNMASKED,
    party_subject,
)

__all__ = [
    "AGREEMENT_DOWNLOADED",
    "AGREEMENT_DRAFTED",
    "AGREEMENT_FIELDS",
    "AGREEMENT_REMINDED",
    "AGREEMENT_REVISED",
    "AGREEMENT_SIGNED",
    "BUYER_FILED",
    "DEMO_KIND",
    "DEMO_LOADED",
    "DISCARDED",
    "FILED",
    "IMPORTED",
    "IMPORT_UNDONE",
    "OPENED",
    "PAPER_ADDED",
    "PAPER_READ",
    "PAPER_REMOVED",
    "PARTY_FIELDS",
    "PUT_ON_FILE",
    "UNMASKED",
    "agreement_subject",
    "party_subject",
]
