"""Writes of the declarations room: keyword-only, one transaction, audited."""

from youju.trade.declarations.services.customs import correct_entry_number, record_customs
from youju.trade.declarations.services.exchanging import exchange_round
from youju.trade.declarations.services.poisoning import put_back
from youju.trade.declarations.services.replying import Receipt, hand_in_reply
from youju.trade.declarations.services.sending import send_again, send_declaration

__all__ = [
    "Receipt",
    "correct_entry_number",
    "exchange_round",
    "hand_in_reply",
    "put_back",
    "record_customs",
    "send_again",
    "send_declaration",
]
