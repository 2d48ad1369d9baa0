"""The periodic care of this room."""

from __future__ import annotations

from youju.foundation.jobs.defining import periodic
from youju.foundation.workflow.services import recount_due_days


@periodic("workflow.recount-due-days", title="按放假安排重算限办日期", cron="15 0 * * *")
def recount() -> dict[str, int]:
    """Count provisional due days anew, should the year's notice on holidays be known by now."""
    return {"changed": recount_due_days()}
