"""The nightly round: drafts of the month that has ended; what nobody filed in time is taxable."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.context import reaching_all
from youju.foundation.workflow.services import lapse
from youju.rules.trade.exemptions.lifecycle import FILING_FLOW, OPEN, TAXABLE
from youju.rules.trade.exemptions.periods import month_of, next_month
from youju.trade.exemptions import events
from youju.trade.exemptions.models import Filing
from youju.trade.exemptions.services.preparing import prepare_for_all

_AT_ONCE = 2_000


@transaction.atomic
def keep_up(*, today: date) -> dict[str, int]:
    """Prepare the last month's drafts and let lapse what is past its day; how many of each. Repeating it does nothing twice."""
    made = prepare_for_all(month=next_month(month_of(today), -1))
    return {"prepared": made, "missed": lapse_missed(today=today)}


@transaction.atomic
def lapse_missed(*, today: date) -> int:
    """Open filings whose day has passed become taxable; how many. A first filing is then on record as not on time."""
    with reaching_all():
        late = Filing.objects.select_for_update().filter(state__in=OPEN, due_on__lt=today).order_by("pk")
        rows = list(late[:_AT_ONCE])
        for row in rows:
            reason = f"期限 {row.due_on} 已过"
            lapse(flow=FILING_FLOW, subject=events.subject_of(row), transition="lapse", reason=reason)
            row.state = TAXABLE
            row.on_time = False if row.on_time is None else row.on_time
        Filing.objects.bulk_update(rows, ["state", "on_time"], batch_size=_AT_ONCE)
        if rows:
            told = [
                (events.subject_of(row), None, {"due_on": row.due_on, "amount": row.amount_cny})
                for row in rows
            ]
            record_many(events.MISSED, told)
    return len(rows)
