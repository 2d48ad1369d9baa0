"""Writes of the parties room. Each is keyword-only, one transaction, checked and audited."""

from youju.trade.parties.services.agreement_papers import hand_out_agreement, request_agreement
from youju.trade.parties.services.agreement_requests import agreement_once
from youju.trade.parties.services.agreements import (
    AgreementRefusedError,
    Wording,
    draft_agreement,
    revise_agreement,
)
from youju.trade.parties.services.buyers import BuyerFiling, file_buyer
from youju.trade.parties.services.drafting import (
    Kept,
    StaleDraftError,
    clear_drafts,
    discard_filing,
    keep_filing,
    open_filing,
)
from youju.trade.parties.services.filing import RefusedFilingError, submit_filing
from youju.trade.parties.services.identifiers import Unmasked, reseal_all, unmask
from youju.trade.parties.services.papers import PaperWish, add_paper, read_paper, remove_paper
from youju.trade.parties.services.signing import (
    expire_agreements,
    remind_of_agreements,
    sign_agreement,
    take_agreement_step,
)
from youju.trade.parties.services.stepping import take_step, take_steps

__all__ = [
    "AgreementRefusedError",
    "BuyerFiling",
    "Kept",
    "PaperWish",
    "RefusedFilingError",
    "StaleDraftError",
    "Unmasked",
    "Wording",
    "add_paper",
    "agreement_once",
    "clear_drafts",
    "discard_filing",
    "draft_agreement",
    "expire_agreements",
    "file_buyer",
    "hand_out_agreement",
    "keep_filing",
    "open_filing",
    "read_paper",
    "remind_of_agreements",
    "remove_paper",
    "request_agreement",
    "reseal_all",
    "revise_agreement",
    "sign_agreement",
    "submit_filing",
    "take_agreement_step",
    "take_step",
    "take_steps",
    "unmask",
]
