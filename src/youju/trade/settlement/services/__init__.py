"""Deeds of settlement."""

from youju.trade.settlement.services.finding_faults import explain_line, explain_receipt
from youju.trade.settlement.services.matching import match_declaration, match_line, undo_match
from youju.trade.settlement.services.opening import (
    open_declaration,
    open_released,
    reverse_declaration,
    reverse_gone,
)
from youju.trade.settlement.services.rates import DayRate, restore_rates, store_rates
from youju.trade.settlement.services.receiving import record_receipt, record_with_picture, store_receipts
from youju.trade.settlement.services.refunding import refund, return_suspense
from youju.trade.settlement.services.reserving import confirm, expire, release, reserve

__all__ = [
    "DayRate",
    "confirm",
    "expire",
    "explain_line",
    "explain_receipt",
    "match_declaration",
    "match_line",
    "open_declaration",
    "open_released",
    "record_receipt",
    "record_with_picture",
    "refund",
    "release",
    "reserve",
    "restore_rates",
    "return_suspense",
    "reverse_declaration",
    "reverse_gone",
    "store_rates",
    "store_receipts",
    "undo_match",
]
