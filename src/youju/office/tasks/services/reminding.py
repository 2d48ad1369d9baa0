"""The nightly round: what ends soon and what is late is said once each (催办)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.office.tasks import events
from youju.office.tasks.models import Reminder, Task
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.judging import judge
from youju.rules.office.tasks.lifecycle import OPEN

_CHUNK = 2_000
# No number of working days of the policy lies further ahead than this; the rule decides.
_AHEAD = timedelta(days=60)


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Make a reminder for each open task that ends soon or is late, by the rules TSK-005 and TSK-006; how many of each.

    Repeating it makes nothing twice; a due day that was put off is reminded of anew.
    """
    law, made = law_on(today), {"soon": 0, "late": 0}
    with reaching_all():
        open_ones = Task.objects.filter(state__in=OPEN, due_on__lte=today + _AHEAD)
        known = set(Reminder.objects.filter(task__state__in=OPEN).values_list("task_id", "rule", "due_on"))
        fresh: list[Reminder] = []
        for row in open_ones.iterator(chunk_size=_CHUNK):
            for finding in judge(_facts(row, today), law):
                if (row.pk, finding.rule, row.due_on) not in known:
                    fresh.append(
                        Reminder(
                            task=row,
                            rule=finding.rule,
                            due_on=row.due_on,
                            made_on=today,
                            message=finding.message,
                        )
                    )
        Reminder.objects.bulk_create(fresh, batch_size=_CHUNK, ignore_conflicts=True)
        if fresh:
            record_many(
                events.REMINDED,
                [
                    (events.subject_of(each.task), None, {"rule": each.rule, "due_on": each.due_on})
                    for each in fresh
                ],
            )
    made["late"] = sum(each.rule == "TSK-006" for each in fresh)
    made["soon"] = len(fresh) - made["late"]
    return made


def _facts(row: Task, today: date) -> TaskFacts:
    return TaskFacts(
        moment="watch",
        day=today,
        kind=row.kind,
        title=row.title,
        starts_on=row.starts_on,
        due_on=row.due_on,
        person=row.person,
        state=row.state,
    )
