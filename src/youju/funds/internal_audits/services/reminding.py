"""The nightly round: what falls due soon, is late, or was opened too often is said once each (催办)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.funds.internal_audits import events
from youju.funds.internal_audits.facts import facts_of
from youju.funds.internal_audits.models import Finding, Reminder
from youju.rules.funds.internal_audits.judging import judge
from youju.rules.funds.internal_audits.lifecycle import OPEN

_CHUNK = 2_000
# No number of days of the policy lies further ahead; the rule decides.
_AHEAD = timedelta(days=90)
LATE = "IAU-007"


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Make a reminder for each open finding that the rules IAU-006, IAU-007 and IAU-009 speak of; how many, and how many late.

    Repeating it makes nothing twice; a deadline that was put off is reminded of anew.
    """
    law = law_on(today)
    with reaching_all():
        rows = Finding.objects.filter(state__in=OPEN, due_on__lte=today + _AHEAD)
        known = set(
            Reminder.objects.filter(finding__state__in=OPEN).values_list("finding_id", "rule", "due_on")
        )
        fresh = [
            Reminder(finding=row, rule=said.rule, due_on=row.due_on, made_on=today, message=said.message)
            for row in rows.iterator(chunk_size=_CHUNK)
            if row.due_on is not None
            for said in judge(facts_of(row, "watch", today), law)
            if (row.pk, said.rule, row.due_on) not in known
        ]
        Reminder.objects.bulk_create(fresh, batch_size=_CHUNK, ignore_conflicts=True)
        if fresh:
            told = [
                (events.finding_subject(each.finding), None, {"rule": each.rule, "due_on": each.due_on})
                for each in fresh
            ]
            record_many(events.REMINDED, told)
    return {"reminders": len(fresh), "late": sum(each.rule == LATE for each in fresh)}
