"""Writes of the parties room. Each is keyword-only, one transaction, checked and audited."""

from youju.trade.parties.services.agreement_papers import hand_out_agreement, request_agreement
from youju.trade.parties.services.agreements import (
    AgreementRefusedError,
    Wording,
    draft_agreement,
    revise_agreement,
)
from youju.trade.parties.services.buyers import BuyerFiling, file_buyer
from youju.trade.parties.services.changes import request_change, request_renewal
from youju.trade.parties.services.deciding import decide_change
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
from youju.trade.parties.services.levels import LevelGiven, set_credit_levels
from youju.trade.parties.services.looking_ahead import (
    elsewhere,
    preview_merge,
    preview_standing,
    preview_undo,
    standing_on,
)
from youju.trade.parties.services.merging import mark_pair, merge_parties, undo_merge
from youju.trade.parties.services.moving import register_mover
from youju.trade.parties.services.numbers import reseal_requests
from youju.trade.parties.services.pairing import find_duplicates
from youju.trade.parties.services.papers import PaperWish, add_paper, read_paper, remove_paper
from youju.trade.parties.services.reminding import remind
from youju.trade.parties.services.signing import (
    expire_agreements,
    remind_of_agreements,
    sign_agreement,
    take_agreement_step,
)
from youju.trade.parties.services.stalls import drop_stall, end_tenancy, let_stall, save_market, save_stall
from youju.trade.parties.services.stepping import take_step, take_steps
from youju.trade.parties.services.suspending import change_standing

__all__ = [
    "AgreementRefusedError",
    "BuyerFiling",
    "Kept",
    "LevelGiven",
    "PaperWish",
    "RefusedFilingError",
    "StaleDraftError",
    "Unmasked",
    "Wording",
    "add_paper",
    "change_standing",
    "clear_drafts",
    "decide_change",
    "discard_filing",
    "draft_agreement",
    "drop_stall",
    "elsewhere",
    "end_tenancy",
    "expire_agreements",
    "file_buyer",
    "find_duplicates",
    "hand_out_agreement",
    "keep_filing",
    "let_stall",
    "mark_pair",
    "merge_parties",
    "open_filing",
    "preview_merge",
    "preview_standing",
    "preview_undo",
    "read_paper",
    "register_mover",
    "remind",
    "remind_of_agreements",
    "remove_paper",
    "request_agreement",
    "request_change",
    "request_renewal",
    "reseal_all",
    "reseal_requests",
    "revise_agreement",
    "save_market",
    "save_stall",
    "set_credit_levels",
    "sign_agreement",
    "standing_on",
    "submit_filing",
    "take_agreement_step",
    "take_step",
    "take_steps",
    "undo_merge",
    "unmask",
]
