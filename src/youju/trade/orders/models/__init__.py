"""Tables of the orders room. Private to it: another room asks ``selectors``."""

from youju.trade.orders.models.orders import Order, OrderFinding, OrderLine
from youju.trade.orders.models.rates import Rate, UsualPrice
from youju.trade.orders.models.typing import OrderDraft

__all__ = ["Order", "OrderDraft", "OrderFinding", "OrderLine", "Rate", "UsualPrice"]
