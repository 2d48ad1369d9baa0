"""The work of this room that outlives a request."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.orders import services


@periodic("orders.usual-prices", title="统计常用单价", cron="20 2 * * *")
def usual_prices() -> dict[str, Any]:
    """Count each good's usual price, which the rule on unusual prices looks up."""
    with reaching_all():
        return {
            "prices": services.count_usual_prices(
                whole(law_on(timezone.localdate()), "trade.orders.usual_price_deals")
            )
        }
