"""The nightly round: contracts that end soon are said once."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.policies import law_on
from youju.office.contracts import events
from youju.office.contracts.facts import facts_of
from youju.office.contracts.models import Contract
from youju.rules.law import whole
from youju.rules.office.contracts.judging import judge
from youju.rules.office.contracts.lifecycle import IN_FORCE


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Note each contract in force that ends soon by the rule CON-006; how many. Repeating it notes nothing twice."""
    law = law_on(today)
    until = today + timedelta(days=whole(law, "office.contracts.expiry_days"))
    rows = Contract.objects.select_for_update().filter(
        state=IN_FORCE, reminded_on=None, valid_to__gte=today, valid_to__lte=until
    )
    due = [row for row in rows.order_by("pk") if judge(facts_of(row, "watch", today), law)]
    Contract.objects.filter(pk__in=[row.pk for row in due]).update(reminded_on=today)
    if due:
        record_many(
            events.REMINDED, [(events.subject_of(row), None, {"valid_to": row.valid_to}) for row in due]
        )
    return {"reminded": len(due)}
