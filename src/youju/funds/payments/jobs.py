"""What the room of payments does by itself."""

from __future__ import annotations

from django.utils import timezone

from youju.foundation.jobs.defining import periodic
from youju.foundation.kernel.context import reaching_all
from youju.funds.payments import services
from youju.funds.payments.services.returning import book_return

__all__ = ["book_return", "remind"]


@periodic("payments.remind", title="支出提醒", cron="20 6 * * *")
def remind() -> dict[str, int]:
    """A round of reminders each morning."""
    with reaching_all():
        new, settled = services.remind(today=timezone.localdate())
    return {"new": new, "settled": settled}
