"""Writes of the orders room: keyword-only, one transaction, audited."""

from youju.trade.orders.services.deciding import cancel_order, confirm_order, register_hold, send_back
from youju.trade.orders.services.registering import RefusedOrder, Registered, register_order

__all__ = [
    "RefusedOrder",
    "Registered",
    "cancel_order",
    "confirm_order",
    "register_hold",
    "register_order",
    "send_back",
]
