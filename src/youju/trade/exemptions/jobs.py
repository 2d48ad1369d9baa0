"""What the room of exemptions does by itself; the bulk filing is found here too."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.trade.exemptions import services
from youju.trade.exemptions.services import file_all_job

__all__ = ["file_all_job", "keep_up"]


@periodic("exemptions.keep-up", title="准备免税申报、查看逾期", cron="20 1 * * *")
def keep_up() -> dict[str, int]:
    """Each night: drafts of the last month, and what was missed becomes taxable."""
    return services.keep_up(today=timezone.localdate())
