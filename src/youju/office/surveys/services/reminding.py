"""The nightly round: open surveys that end soon with few answers are said once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.policies import law_on
from youju.office.surveys import events
from youju.office.surveys.facts import facts_of
from youju.office.surveys.models import Survey
from youju.rules.law import whole
from youju.rules.office.surveys.judging import judge
from youju.rules.office.surveys.lifecycle import OPEN

RULE = "SVY-013"


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Note each open survey of which the rule SVY-013 speaks; how many. Repeating it notes nothing twice."""
    law = law_on(today)
    until = today + timedelta(days=whole(law, "office.surveys.remind_days"))
    rows = Survey.objects.select_for_update().filter(
        state=OPEN, reminded_on=None, closes_on__gte=today, closes_on__lte=until
    )
    due = [
        row
        for row in rows.order_by("pk")
        if any(each.rule == RULE for each in judge(facts_of(row, "watch", today), law))
    ]
    Survey.objects.filter(pk__in=[row.pk for row in due]).update(reminded_on=today)
    if due:
        record_many(
            events.REMINDED, [(events.subject_of(row), None, {"closes_on": row.closes_on}) for row in due]
        )
    return {"reminded": len(due)}
