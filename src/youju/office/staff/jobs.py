"""What the room of dispatched staff does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.office.staff import services


@periodic("staff.remind", title="提醒派遣人员月表和工资", cron="25 1 * * *")
def remind() -> dict[str, int]:
    """A round each night."""
    return services.remind(today=timezone.localdate())
