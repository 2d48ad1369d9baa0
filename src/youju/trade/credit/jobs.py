"""What the room of credit does by itself."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from youju.foundation.identity.installation import demo_mode
from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.trade.credit.services.publishing import end_lists
from youju.trade.credit.services.snapshots import make_snapshot
from youju.trade.credit.services.trying import run_trial


@periodic("credit.snapshot", title="生成上月信用得分", cron="30 2 1 * *")
def snapshot() -> dict[str, object]:
    """On the first of each month, for the month that has ended; a month that is made already is left as it is.

    The demo has months of its own and no records after them: everybody would stand alike.
    """
    if demo_mode():
        return {"month": "", "parties": 0}
    with reaching_all():
        made = make_snapshot(month=timezone.localdate().replace(day=1) - timedelta(days=1))
    return {"month": f"{made.month:%Y-%m}", "parties": made.parties}


@periodic("credit.end_lists", title="结束期满的信用名单公示", cron="10 0 * * *")
def lists() -> dict[str, int]:
    """Each night."""
    with reaching_all():
        return {"ended": end_lists()}


_ = run_trial  # being imported it is known to the workers
