"""What the room of tasks does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.office.tasks import services


@periodic("tasks.remind", title="催办快到期和过期的任务", cron="10 1 * * *")
def remind() -> dict[str, int]:
    """A round each night."""
    return services.remind(today=timezone.localdate())
