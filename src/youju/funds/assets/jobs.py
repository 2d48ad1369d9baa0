"""What the room of assets does by itself."""

from __future__ import annotations

from youju.foundation.jobs.defining import periodic
from youju.funds.assets import services
from youju.funds.assets.selectors import last_month


@periodic("assets.depreciate", title="计提上月折旧", cron="30 1 1 * *")
def depreciate() -> dict[str, str]:
    """On the first of each month, for the month that has ended; a month that was charged already takes nothing."""
    run = services.depreciate(month=last_month())
    return {"month": f"{run.month:%Y-%m}", "count": str(run.count), "amount": str(run.total)}
