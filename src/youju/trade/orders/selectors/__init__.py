"""Reads of the orders room."""

from youju.trade.orders.selectors.orders import OrderPage, order_page, orders, party_names

__all__ = ["OrderPage", "order_page", "orders", "party_names"]
