"""What people do with parties. Each is keyword-only, one transaction, and asks for its permission first."""

from youju.trade.parties.services.changes import request_change, request_renewal
from youju.trade.parties.services.deciding import decide_change
from youju.trade.parties.services.looking_ahead import (
    preview_merge,
    preview_standing,
    preview_undo,
    standing_on,
)
from youju.trade.parties.services.merging import mark_pair, merge_parties, undo_merge
from youju.trade.parties.services.moving import register_mover
from youju.trade.parties.services.pairing import find_duplicates
from youju.trade.parties.services.reminding import remind
from youju.trade.parties.services.stalls import drop_stall, end_tenancy, let_stall, save_market, save_stall
from youju.trade.parties.services.suspending import change_standing

__all__ = [
    "change_standing",
    "decide_change",
    "drop_stall",
    "end_tenancy",
    "find_duplicates",
    "let_stall",
    "mark_pair",
    "merge_parties",
    "preview_merge",
    "preview_standing",
    "preview_undo",
    "register_mover",
    "remind",
    "request_change",
    "request_renewal",
    "save_market",
    "save_stall",
    "standing_on",
    "undo_merge",
]
