"""Writes of the packing room: keyword-only, one transaction, audited."""

from youju.trade.packing.services.consolidating import add_lines, open_consolidation, remove_lines
from youju.trade.packing.services.declaring import held_for_declaring, let_take_part
from youju.trade.packing.services.loading import (
    add_container,
    open_packing,
    pack,
    pack_all,
    remove_container,
    unpack,
)
from youju.trade.packing.services.papers import hand_out_list, request_list
from youju.trade.packing.services.refusing import RefusedPacking
from youju.trade.packing.services.stepping import register_hold, step_consolidation, step_packing

__all__ = [
    "RefusedPacking",
    "add_container",
    "add_lines",
    "hand_out_list",
    "held_for_declaring",
    "let_take_part",
    "open_consolidation",
    "open_packing",
    "pack",
    "pack_all",
    "register_hold",
    "remove_container",
    "remove_lines",
    "request_list",
    "step_consolidation",
    "step_packing",
    "unpack",
]
