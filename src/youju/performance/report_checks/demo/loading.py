"""The demo's check: the authored report handed in by the performance officer and checked by the service itself, once.

It is held against the records as they are on the day of the load, so that is its day; only the report is of January 2024.
"""

from __future__ import annotations

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity import demo as people
from youju.foundation.identity.web.naming import who
from youju.foundation.kernel.context import acting, reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.performance.report_checks import events, services
from youju.performance.report_checks.demo.writing import told, word_file
from youju.performance.report_checks.models import ReportCheck
from youju.performance.targets.selectors import active_set

YEAR = 2023


@transaction.atomic
def load() -> bool:
    """Load it once; whether anything was loaded. Where a report was checked already nothing is touched."""
    with reaching_all():
        officer, kept = people.find("PFO"), active_set(year=YEAR)
        if officer is None or kept is None or not kept.is_demo or ReportCheck.objects.exists():
            return False
        with acting(**who(officer)):
            row = services.submit_report(actor=officer, content=word_file(), name=told()["name"], year=YEAR)
        ReportCheck.objects.filter(pk=row.pk).update(is_demo=True)
        record(
            events.LOADED,
            Subject(events.DEMO_KIND, str(YEAR), "示例年度的报告核对"),
            None,
            {"figures": row.figures, "disagrees": row.disagrees},
        )
    return True
