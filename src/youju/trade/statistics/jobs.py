"""What the room of statistics does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.trade.statistics import services


@periodic("statistics.watch", title="运行监测", cron="40 2 * * *")
def watch() -> dict[str, int]:
    """A round of the watch over operations each night."""
    found = services.watch(today=timezone.localdate())
    return {"new": found.new, "known": found.known}
