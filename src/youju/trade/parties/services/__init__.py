"""What people do with parties. Each is keyword-only, one transaction, permission first, on the trail."""

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
from youju.trade.parties.services.stepping import take_step, take_steps

__all__ = [
    "Kept",
    "PaperWish",
    "RefusedFilingError",
    "StaleDraftError",
    "Unmasked",
    "add_paper",
    "clear_drafts",
    "discard_filing",
    "keep_filing",
    "open_filing",
    "read_paper",
    "remove_paper",
    "reseal_all",
    "submit_filing",
    "take_step",
    "take_steps",
    "unmask",
]
