"""Spreadsheets of the orders room: orders, and the customs rates of months."""

from youju.trade.orders.imports.orders import ORDERS
from youju.trade.orders.imports.rates import RATES

__all__ = ["ORDERS", "RATES"]
