"""Counting provisional due days again, once the year's notice on holidays is known."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import events, flows
from youju.foundation.workflow.models import Case
from youju.foundation.workflow.services.keeping import limit_of


@transaction.atomic
def recount_due_days() -> int:
    """Count the provisional due days of all waiting cases anew, from the day on which each entered its state.

    A case that somebody is moving at this moment is left for the next time.

    Returns:
        How many cases have another due day now, or a final one.
    """
    changed, deeds = [], []
    rows = Case.objects.select_for_update(skip_locked=True).filter(
        due_provisional=True, finished_at__isnull=True
    )
    for row in rows.order_by("pk"):
        flow = flows.find(row.flow, row.flow_since)
        if flow is None:
            continue
        limit = limit_of(flow.state(row.state), None, timezone.localdate(row.entered_at))
        if limit is None or (limit.day, limit.provisional) == (row.due_on, row.due_provisional):
            continue
        if limit.day != row.due_on:
            deeds.append(
                (
                    Subject(row.subject_kind, row.subject_key, row.label),
                    {"due_on": row.due_on},
                    {"due_on": limit.day},
                )
            )
        row.due_on, row.due_provisional = limit.day, limit.provisional
        changed.append(row)
    Case.objects.bulk_update(changed, ["due_on", "due_provisional"], batch_size=1000)
    if deeds:
        record_many(events.RECOUNTED, deeds, reason="按公布的放假安排重新计算")
    return len(changed)
