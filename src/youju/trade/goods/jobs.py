"""The work of this room that outlives a request. What services ask for stands beside them; here it is found."""

from __future__ import annotations

from typing import Any

from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.trade.goods import services
from youju.trade.goods.services import decide_anew, list_touched, try_rules

__all__ = ["decide_anew", "list_touched", "notice", "try_rules"]


@periodic("goods.notice-changes", title="查看法规和税则的变化", cron="40 1 * * *")
def notice() -> dict[str, Any]:
    """Open a re-recognition where goods were decided under another law or tariff than today's."""
    with reaching_all():
        campaign = services.notice_changes()
    return {"campaign": campaign.pk if campaign else None}
