"""Reads of settlement. Rooms above ask ``collected_by_line``, ``ledger_of_declaration``, ``receipts_unlike_buyer``, ``ageing``.

``docs/how-to/settlement.md`` says what each gives.
"""

from youju.trade.settlement.selectors.ageing import Band, Waiting, ageing, waiting_lines
from youju.trade.settlement.selectors.ledger import (
    Collected,
    DeclarationLedger,
    LineKey,
    collected_by_line,
    collected_cny_of,
    ledger_of_declaration,
)
from youju.trade.settlement.selectors.lists import lots, receipts, reservations
from youju.trade.settlement.selectors.looking import Offered, look
from youju.trade.settlement.selectors.pages import (
    Offer,
    Overview,
    ReceiptPage,
    overview,
    receipt_page,
    reservation_page,
)
from youju.trade.settlement.selectors.payers import PaidByOther, receipts_unlike_buyer
from youju.trade.settlement.selectors.rates import Quoted, quoted, rates

__all__ = [
    "Band",
    "Collected",
    "DeclarationLedger",
    "LineKey",
    "Offer",
    "Offered",
    "Overview",
    "PaidByOther",
    "Quoted",
    "ReceiptPage",
    "Waiting",
    "ageing",
    "collected_by_line",
    "collected_cny_of",
    "ledger_of_declaration",
    "look",
    "lots",
    "overview",
    "quoted",
    "rates",
    "receipt_page",
    "receipts",
    "receipts_unlike_buyer",
    "reservation_page",
    "reservations",
    "waiting_lines",
]
