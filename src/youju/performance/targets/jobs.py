"""The periodic care of this room."""

from __future__ import annotations

from youju.foundation.jobs.defining import periodic
from youju.performance.targets.services import clear_abandoned


@periodic("targets.clear-abandoned", title="清理没有保存的录入和过期的预览", cron="45 3 * * *")
def clear() -> dict[str, int]:
    """Throw away what nobody came back for."""
    return clear_abandoned()
