"""The periodic care of this room."""

from __future__ import annotations

from youju.foundation.jobs.defining import periodic
from youju.trade.parties.services import expire_agreements, remind_of_agreements


@periodic("parties.agreements-care", title="代理协议到期终止和提醒", cron="20 0 * * *")
def care_for_agreements() -> dict[str, int]:
    """End the agreements that ran out, remind both sides of those that end soon."""
    return {"expired": expire_agreements(), "reminded": remind_of_agreements()}
