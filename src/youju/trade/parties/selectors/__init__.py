"""Reads of the parties room."""

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

__all__ = [
    "AgreementPage",
    "BuyerPage",
    "Deed",
    "Entry",
    "agreement_of",
    "agreement_page",
    "agreements",
    "buyer_page",
    "directory",
    "find_partners",
    "may_act_for",
    "own_parties",
    "possible_partners",
    "principals",
]
