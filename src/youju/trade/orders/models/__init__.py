"""Tables of the orders room. Private to it: another room asks ``selectors``."""

from youju.trade.orders.models.orders import Order, OrderFinding, OrderLine
from youju.trade.orders.models.rates import Rate

__all__ = ["Order", "OrderFinding", "OrderLine", "Rate"]
