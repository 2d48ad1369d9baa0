"""What the room of the base does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.office.base import services


@periodic("base.remind", title="提醒平台项目逾期", cron="35 1 * * *")
def remind() -> dict[str, int]:
    """A round each night."""
    return services.remind(today=timezone.localdate())
