"""What internal supervision does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.funds.internal_audits import services


@periodic("internal_audits.remind", title="提醒监督问题整改", cron="25 1 * * *")
def remind() -> dict[str, int]:
    """A round each night."""
    return services.remind(today=timezone.localdate())
