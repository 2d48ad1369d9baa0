"""A demo filing that ran out and was prolonged some days later: what the nightly reminders would have left of it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from youju.foundation.workflow.walks import CHINA
from youju.trade.parties.models import Party, Reminder

_AHEAD = timedelta(days=30)


def plant_lapse(organisation: str, *, due_on: date, mended_on: date) -> int | None:
    """Let the filing of an organisation (by code) have run out on a day and been prolonged on a later one; whose, or nobody's."""
    row = (
        Party.objects.filter(organisation__code=organisation, merged_into=None)
        .exclude(approved_at=None)
        .first()
    )
    if row is None:
        return None
    Reminder.objects.get_or_create(
        party=row,
        kind="filing",
        paper=None,
        due_on=due_on,
        defaults={
            "made_at": datetime.combine(due_on - _AHEAD, time(1), CHINA),
            "closed_at": datetime.combine(mended_on, time(16), CHINA),
        },
    )
    return row.pk
