"""Steps that were taken in a time, for rooms that tell what happened to their records: steps never change afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from youju.foundation.workflow.models import Step


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step: the record's key and label, which step, from which state, on which day, the reason that was given."""

    id: int
    key: str
    label: str
    transition: str
    from_state: str
    day: date
    reason: str


def steps_between(
    kind: str, transitions: Collection[str], since: date, until: date, *, keys: Collection[str] | None = None
) -> Iterator[StepTaken]:
    """The steps with records of a kind, both days included, in the order in which they were taken. One query, streamed.

    Args:
        kind: the subject's kind, e.g. ``declarations.declaration``.
        transitions: codes of steps.
        since, until: local days.
        keys: of these records alone.
    """
    start, end = (
        timezone.make_aware(datetime.combine(day, time())) for day in (since, until + timedelta(days=1))
    )
    rows = Step.objects.filter(
        case__subject_kind=kind, transition__in=list(transitions), at__gte=start, at__lt=end
    )
    if keys is not None:
        rows = rows.filter(case__subject_key__in=list(keys))
    named = ("pk", "case__subject_key", "case__label", "transition", "from_state", "at", "reason")
    for pk, key, label, transition, from_state, at, reason in (
        rows.order_by("at", "pk").values_list(*named).iterator(chunk_size=5_000)
    ):
        yield StepTaken(pk, key, label, transition, from_state, timezone.localdate(at), reason)
