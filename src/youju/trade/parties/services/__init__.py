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
from youju.trade.parties.services.signing import (
    expire_agreements,
    remind_of_agreements,
    sign_agreement,
    take_agreement_step,
)

__all__ = [
    "AgreementRefusedError",
    "BuyerFiling",
    "Wording",
    "agreement_once",
    "draft_agreement",
    "expire_agreements",
    "file_buyer",
    "hand_out_agreement",
    "remind_of_agreements",
    "request_agreement",
    "revise_agreement",
    "sign_agreement",
    "take_agreement_step",
]
