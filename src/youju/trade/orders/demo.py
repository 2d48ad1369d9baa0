"""A few dozen orders beside the demo's goods, so that no page is empty: rates of every month, goods put through recognition, deals.

The same seed and day give the same orders. They are registered by the services, as their people: each passes every rule.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.selectors import user_named
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import acting, reaching_all
from youju.trade.goods.selectors.tradable import offered
from youju.trade.goods.services import recognise_bulk
from youju.trade.orders import services
from youju.trade.orders.facts import LineWish, OrderWish
from youju.trade.orders.models import Order, Rate
from youju.trade.parties.selectors import acting_parties
from youju.trade.parties.selectors.entrusted import agents_on

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Progress = Callable[[int, int], None]
SEED, ORDERS, RECENT = 2023, 36, 25
