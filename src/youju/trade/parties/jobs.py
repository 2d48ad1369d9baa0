"""What the room of parties does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.trade.parties import services
from youju.trade.parties.services.pairing import find_duplicates
from youju.trade.parties.services.reminding import remind


@periodic("parties.agreements-care", title="代理协议到期终止和提醒", cron="20 0 * * *")
def care_for_agreements() -> dict[str, int]:
    """End the agreements that ran out, remind both sides of those that end soon."""
    return {"expired": services.expire_agreements(), "reminded": services.remind_of_agreements()}


@periodic("parties.clear-drafts", title="清理久未提交的备案草稿", cron="25 1 * * *")
def clear_drafts() -> dict[str, int]:
    """Give up drafts that nobody went on with; they hold identity numbers."""
    with reaching_all():
        return {"drafts": services.clear_drafts()}


@periodic("parties.remind", title="提醒备案和材料到期", cron="20 0 * * *")
def remind_of_ends() -> dict[str, int]:
    """Reminders for what ends soon."""
    return remind(today=timezone.localdate())


@periodic("parties.find-duplicates", title="查找疑似重复的主体", cron="30 1 * * *")
def look_for_duplicates() -> dict[str, int]:
    """The list of pairs that may be one party."""
    return find_duplicates()
