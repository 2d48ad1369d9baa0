"""What the room of events does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.office.events import services


@periodic("events.remind", title="提醒快开始的活动和没有结果的活动", cron="30 1 * * *")
def remind() -> dict[str, int]:
    """A round each night."""
    return services.remind(today=timezone.localdate())
