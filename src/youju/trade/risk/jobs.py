"""What the room of risk does by itself."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from youju.foundation.jobs.defining import Progress, periodic
from youju.trade.risk import services


@periodic("risk.nightly", title="每夜风险扫描", cron="20 3 * * *")
def nightly(*, progress: Progress) -> dict[str, Any]:
    """The last weeks once more, the lanes that follow from it, and what has stood long enough to be final."""
    since, until = services.recent(timezone.localdate())
    row = services.scan_window(since=since, until=until, progress=progress)
    return {
        "found": row.found,
        "new": row.new,
        "lanes": services.raise_lanes(),
        "closed": services.close_old(),
    }


@periodic("risk.draws", title="抽签的承诺和公布", cron="5 0 * * *")
def draws() -> dict[str, Any]:
    """Show yesterday's seed, and commit to today's and tomorrow's."""
    today = timezone.localdate()
    return {"committed": services.commit_draws(today), "revealed": services.reveal_draws(today)}


@periodic("risk.lanes", title="给报关单定通道", cron="*/10 * * * *")
def lanes() -> dict[str, int]:
    """A lane for every declaration that has none."""
    return {"lanes": services.decide_lanes(today=timezone.localdate())}
