"""What the room of parties does by itself."""

from __future__ import annotations

from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties import services


@periodic("parties.clear-drafts", title="清理久未提交的备案草稿", cron="25 1 * * *")
def clear_drafts() -> dict[str, int]:
    """Give up drafts that nobody went on with; they hold identity numbers."""
    with reaching_all():
        return {"drafts": services.clear_drafts()}
