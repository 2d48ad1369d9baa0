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
from youju.trade.packing.services.returning import consequences_of_taking_back, take_back
from youju.trade.packing.services.revising import revise_packing
from youju.trade.packing.services.shipping import preview, ship_many
from youju.trade.packing.services.stepping import register_hold, step_consolidation, step_packing

__all__ = [
    "RefusedPacking",
    "add_container",
    "add_lines",
    "consequences_of_taking_back",
    "hand_out_list",
    "held_for_declaring",
    "let_take_part",
    "open_consolidation",
    "open_packing",
    "pack",
    "pack_all",
    "preview",
    "register_hold",
    "remove_container",
    "remove_lines",
    "request_list",
    "revise_packing",
    "ship_many",
    "step_consolidation",
    "step_packing",
    "take_back",
    "unpack",
]
