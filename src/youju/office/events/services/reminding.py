"""The nightly round: what begins soon and what has no result yet is said once each."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.office.events import events
from youju.office.events.facts import event_facts
from youju.office.events.models import Event, Reminder
from youju.rules.office.events.judging import judge
from youju.rules.office.events.lifecycle import OPEN

_CHUNK = 1_000
# No number of working days of the policy lies further ahead than this; the rule decides.
_AHEAD = timedelta(days=60)
_LATE = "EVT-003"


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Make a reminder for each open event that begins soon or whose result is late (EVT-012, EVT-003); how many of each.

    Repeating it makes nothing twice; an event that was put off is reminded of anew.
    """
    law = law_on(today)
    with reaching_all():
        rows = Event.objects.filter(
            Q(starts_on__gte=today, starts_on__lte=today + _AHEAD) | Q(ends_on__lt=today), state__in=OPEN
        )
        known = set(Reminder.objects.filter(event__state__in=OPEN).values_list("event_id", "rule", "about"))
        fresh: list[Reminder] = []
        for row in rows.iterator(chunk_size=_CHUNK):
            for finding in judge(event_facts(row, "watch", today), law):
                about = row.ends_on if finding.rule == _LATE else row.starts_on
                if (row.pk, finding.rule, about) not in known:
                    fresh.append(
                        Reminder(
                            event=row,
                            rule=finding.rule,
                            about=about,
                            made_on=today,
                            message=f"{finding.message}{finding.suggestion}",
                        )
                    )
        Reminder.objects.bulk_create(fresh, batch_size=_CHUNK, ignore_conflicts=True)
        if fresh:
            record_many(
                events.REMINDED,
                [(events.subject_of(each.event), None, {"rule": each.rule}) for each in fresh],
            )
    late = sum(each.rule == _LATE for each in fresh)
    return {"soon": len(fresh) - late, "late": late}
