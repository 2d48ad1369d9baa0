"""Writes of the orders room: keyword-only, one transaction, audited."""

from youju.trade.orders.services.answering import register_answered
from youju.trade.orders.services.checking import register_check, said_of
from youju.trade.orders.services.deciding import (
    cancel_many,
    cancel_order,
    confirm_order,
    consequences_of_cancelling,
    register_hold,
    register_recount,
    send_back,
)
from youju.trade.orders.services.drafting import (
    Tried,
    forget_draft,
    register_anew,
    register_draft,
    save_draft,
    try_order,
)
from youju.trade.orders.services.joining import let_take_part
from youju.trade.orders.services.many import register_many
from youju.trade.orders.services.papers import add_paper
from youju.trade.orders.services.rates import (
    MonthRate,
    count_usual_prices,
    rest_on,
    restore_rates,
    store_rates,
)
from youju.trade.orders.services.registering import (
    RefusedOrder,
    Registered,
    open_findings,
    register_order,
    speaks_for,
)

__all__ = [
    "MonthRate",
    "RefusedOrder",
    "Registered",
    "Tried",
    "add_paper",
    "cancel_many",
    "cancel_order",
    "confirm_order",
    "consequences_of_cancelling",
    "count_usual_prices",
    "forget_draft",
    "let_take_part",
    "open_findings",
    "register_anew",
    "register_answered",
    "register_check",
    "register_draft",
    "register_hold",
    "register_many",
    "register_order",
    "register_recount",
    "rest_on",
    "restore_rates",
    "said_of",
    "save_draft",
    "send_back",
    "speaks_for",
    "store_rates",
    "try_order",
]
