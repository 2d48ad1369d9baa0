"""The nightly round: platform projects past their day are said once."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.policies import law_on
from youju.office.base import events
from youju.office.base.facts import facts_of
from youju.office.base.models import Platform
from youju.office.base.registers import REGISTERS
from youju.rules.office.base.judging import judge
from youju.rules.office.base.kinds import PLATFORMS
from youju.rules.office.base.lifecycle import OPEN


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Note each platform project that is late by the rule BAS-007; how many. Repeating it notes nothing twice."""
    law = law_on(today)
    rows = Platform.objects.select_for_update().filter(state__in=OPEN, due_on__lt=today, reminded_on=None)
    late = [row for row in rows.order_by("pk") if judge(facts_of(PLATFORMS, row, "watch", today), law)]
    Platform.objects.filter(pk__in=[row.pk for row in late]).update(reminded_on=today)
    if late:
        deeds = [(REGISTERS[PLATFORMS].subject(row), None, {"due_on": row.due_on}) for row in late]
        record_many(events.REMINDED, deeds)
    return {"reminded": len(late)}
