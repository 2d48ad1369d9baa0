"""The nightly round: months that were not imported, and wages that are not paid, said once each."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from youju.foundation.audit.services import record_many
from youju.foundation.policies import law_on
from youju.office.staff import events
from youju.office.staff.facts import line_facts
from youju.office.staff.models import Reminder, StaffLine, StaffMonth
from youju.office.staff.selectors.missing import missing_months
from youju.office.staff.services.months import locked_month
from youju.rules.office.staff.facts import MonthFacts
from youju.rules.office.staff.judging import judge_line, judge_month

_CHUNK = 1_000


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Put each month that is late on the to-do list of those who import, and note each late wage; how many of each.

    By the rules STM-010 and STM-009. Repeating it makes nothing twice.
    """
    law, fresh = law_on(today), []
    months = 0
    for month in missing_months(today):
        for finding in judge_month(MonthFacts("watch", today, month, imported=False), law):
            months += not StaffMonth.objects.filter(month=month).exists()
            locked_month(month)  # begins its flow: it waits for those who import
            fresh.append(
                Reminder(rule=finding.rule, month=month, message=finding.message[:300], made_on=today)
            )
    unpaid = StaffLine.objects.filter(current=True, paid__lt=F("due"), due_on__lt=today)
    known = set(
        Reminder.objects.filter(rule="STM-009", month__in=unpaid.values("month")).values_list(
            "month", "person"
        )
    )
    for row in unpaid.order_by("pk").iterator(chunk_size=_CHUNK):
        if (row.month, row.person) in known:
            continue
        fresh += [
            Reminder(
                rule=each.rule, month=row.month, person=row.person, message=each.message[:300], made_on=today
            )
            for each in judge_line(line_facts(row, "watch", today, {}), law)
        ]
    there = set(Reminder.objects.filter(rule="STM-010").values_list("month", flat=True))
    fresh = [each for each in fresh if each.person or each.month not in there]
    Reminder.objects.bulk_create(fresh, batch_size=_CHUNK, ignore_conflicts=True)
    if fresh:
        deeds = [(events.month_subject(each.month), None, {"message": each.message}) for each in fresh]
        record_many(events.REMINDED, deeds)
    late = sum(not each.person for each in fresh)
    return {"months": late, "opened": months, "wages": len(fresh) - late}
