"""The room's jobs."""

from __future__ import annotations

from typing import Any

from youju.foundation.jobs.defining import Progress, periodic
from youju.foundation.metrics.services.lake import refresh_lake, verify_lake


@periodic("metrics.lake.refresh", title="刷新数据湖", cron="15 * * * *", atomic=False)
def refresh(*, progress: Progress) -> dict[str, Any]:
    """Bring the lake to the state of the database, every hour."""
    done = refresh_lake(tell=progress.say)
    return {
        "version": done.manifest.version,
        "rows": done.manifest.rows,
        "records": done.records,
        "months": sum(map(len, done.months.values())),
    }


@periodic("metrics.lake.verify", title="每夜核对数据湖", cron="40 2 * * *", atomic=False)
def verify(*, progress: Progress) -> dict[str, Any]:
    """Check the lake against the database, every night."""
    done = verify_lake(tell=progress.say)
    return {
        "files": done.files,
        "rows": done.rows,
        "differences": len(done.differences),
        "findings": [each.sentence for each in done.differences[:20]],
    }
