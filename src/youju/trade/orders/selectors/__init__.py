"""Reads of the orders room."""

from youju.trade.orders.selectors.choosing import Choices, alike, choices
from youju.trade.orders.selectors.drafts import draft
from youju.trade.orders.selectors.orders import OrderPage, listed, order_page, orders, party_names, registrars
from youju.trade.orders.selectors.packing import PackableLine, lines_of_sale, packable_lines
from youju.trade.orders.selectors.papers import paper
from youju.trade.orders.selectors.purchases import (
    Progress,
    PurchasePage,
    purchase_page,
    purchases,
    register_progress,
    standings,
)
from youju.trade.orders.selectors.rates import month_rates, rates

__all__ = [
    "Choices",
    "OrderPage",
    "PackableLine",
    "Progress",
    "PurchasePage",
    "alike",
    "choices",
    "draft",
    "lines_of_sale",
    "listed",
    "month_rates",
    "order_page",
    "orders",
    "packable_lines",
    "paper",
    "party_names",
    "purchase_page",
    "purchases",
    "rates",
    "register_progress",
    "registrars",
    "standings",
]
