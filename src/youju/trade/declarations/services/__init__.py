"""Writes of the declarations room: keyword-only, one transaction, audited."""

from youju.trade.declarations.services.accepting import accept_plan
from youju.trade.declarations.services.checking import PlanCase, register_plan_check
from youju.trade.declarations.services.correcting import correct_declaration
from youju.trade.declarations.services.customs import correct_entry_number, record_customs
from youju.trade.declarations.services.exchanging import exchange_round
from youju.trade.declarations.services.filling import EDITABLE, LineWish, edit_line, fill_header
from youju.trade.declarations.services.listening import register_released
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
from youju.trade.declarations.services.poisoning import put_back
from youju.trade.declarations.services.refusing import RefusedDeclaration
from youju.trade.declarations.services.replying import Receipt, hand_in_reply
from youju.trade.declarations.services.sending import send_again, send_declaration
from youju.trade.declarations.services.stepping import (
    STEPS,
    enter,
    step_declaration,
    withdraw,
)

__all__ = [
    "EDITABLE",
    "LIST_NAMES",
    "STEPS",
    "LineWish",
    "PlanCase",
    "Receipt",
    "RefusedDeclaration",
    "accept_plan",
    "correct_declaration",
    "correct_entry_number",
    "drop_plan",
    "edit_line",
    "enter",
    "exchange_round",
    "fill_header",
    "hand_in_reply",
    "hand_out_draft",
    "hand_out_list",
    "hand_out_message",
    "hand_out_plan_list",
    "move_order",
    "name_broker",
    "plan_packing",
    "put_back",
    "record_customs",
    "register_plan_check",
    "register_released",
    "request_draft",
    "send_again",
    "send_declaration",
    "step_declaration",
    "undo_move",
    "withdraw",
    "work_out_plan",
]
