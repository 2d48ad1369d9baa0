"""Reads of the orders room."""

from youju.trade.orders.selectors.orders import OrderPage, order_page, orders, party_names
from youju.trade.orders.selectors.packing import PackableLine, lines_of_sale, packable_lines

__all__ = [
    "OrderPage",
    "PackableLine",
    "lines_of_sale",
    "order_page",
    "orders",
    "packable_lines",
    "party_names",
]
