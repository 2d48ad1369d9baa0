"""Spreadsheets that this room takes in: a bank's receipts, the rates of days."""

from youju.trade.settlement.imports.rates import RATES
from youju.trade.settlement.imports.receipts import RECEIPTS

__all__ = ["RATES", "RECEIPTS"]
