"""What the room of surveys does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.office.surveys import services


@periodic("surveys.close_due", title="结束到期的调查并开箱", cron="10 0 * * *")
def close_due() -> dict[str, int]:
    """A round each night, soon after midnight."""
    return services.close_due(today=timezone.localdate())


@periodic("surveys.remind", title="提醒答卷不多的调查", cron="20 1 * * *")
def remind() -> dict[str, int]:
    """A round each night."""
    return services.remind(today=timezone.localdate())
