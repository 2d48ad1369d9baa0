"""The periodic care of this room."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.trade.parties.services.pairing import find_duplicates
from youju.trade.parties.services.reminding import remind


@periodic("parties.remind", title="提醒备案和材料到期", cron="20 0 * * *")
def remind_of_ends() -> dict[str, int]:
    """Reminders for what ends soon."""
    return remind(today=timezone.localdate())


@periodic("parties.find-duplicates", title="查找疑似重复的主体", cron="30 1 * * *")
def look_for_duplicates() -> dict[str, int]:
    """The list of pairs that may be one party."""
    return find_duplicates()
