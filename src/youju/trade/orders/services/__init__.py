"""Writes of the orders room: keyword-only, one transaction, audited."""

from youju.trade.orders.services.deciding import (
    cancel_many,
    cancel_order,
    confirm_order,
    consequences_of_cancelling,
    register_hold,
    register_recount,
    send_back,
)
from youju.trade.orders.services.joining import let_take_part
from youju.trade.orders.services.many import register_many
from youju.trade.orders.services.registering import (
    RefusedOrder,
    Registered,
    open_findings,
    register_order,
    speaks_for,
)

__all__ = [
    "RefusedOrder",
    "Registered",
    "cancel_many",
    "cancel_order",
    "confirm_order",
    "consequences_of_cancelling",
    "let_take_part",
    "open_findings",
    "register_hold",
    "register_many",
    "register_order",
    "register_recount",
    "send_back",
    "speaks_for",
]
