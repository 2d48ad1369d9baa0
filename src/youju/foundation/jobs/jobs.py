"""The room's own job: clear what is past its time."""

from __future__ import annotations

from youju.foundation.jobs.defining import Progress, periodic
from youju.foundation.jobs.services import clear_old


@periodic("jobs.clear-old", title="清理已结束的任务", cron="40 3 * * *")
def clear(*, progress: Progress) -> dict[str, int]:
    """Delete ended runs and procrastinate's rows that are past the time the policy keeps them."""
    cleared = clear_old()
    progress(cleared, cleared)
    return {"cleared": cleared}
