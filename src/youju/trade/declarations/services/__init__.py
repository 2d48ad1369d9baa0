"""Writes of the declarations room: keyword-only, one transaction, audited."""

from youju.trade.declarations.services.accepting import accept_plan
from youju.trade.declarations.services.correcting import correct_declaration
from youju.trade.declarations.services.filling import EDITABLE, LineWish, edit_line, fill_header
from youju.trade.declarations.services.moving import move_order, undo_move
from youju.trade.declarations.services.papers import (
    LIST_NAMES,
    hand_out_draft,
    hand_out_list,
    hand_out_message,
    hand_out_plan_list,
    request_draft,
)
from youju.trade.declarations.services.planning import drop_plan, name_broker, plan_packing, work_out_plan
from youju.trade.declarations.services.refusing import RefusedDeclaration
from youju.trade.declarations.services.stepping import (
    enter,
    known_steps,
    register_step,
    step_declaration,
    withdraw,
)

__all__ = [
    "EDITABLE",
    "LIST_NAMES",
    "LineWish",
    "RefusedDeclaration",
    "accept_plan",
    "correct_declaration",
    "drop_plan",
    "edit_line",
    "enter",
    "fill_header",
    "hand_out_draft",
    "hand_out_list",
    "hand_out_message",
    "hand_out_plan_list",
    "known_steps",
    "move_order",
    "name_broker",
    "plan_packing",
    "register_step",
    "request_draft",
    "step_declaration",
    "undo_move",
    "withdraw",
    "work_out_plan",
]
