"""The demo's releases: 2023's targets and the progress up to July are public, the self-evaluation is being prepared."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity import demo as people
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.performance.disclosure import events, services
from youju.performance.disclosure.models import Release
from youju.performance.targets.selectors import active_set
from youju.rules.performance.disclosure.lifecycle import EVALUATION, PROGRESS, TARGETS

YEAR, HALF = 2023, date(2023, 7, 31)


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Bindings and payments are there already."""
    with reaching_all():
        officer, head, found = people.find("PFO"), people.find("HED"), active_set(year=YEAR)
        if officer is None or head is None or found is None or not found.is_demo or Release.objects.exists():
            return False
        for kind, until in ((TARGETS, None), (PROGRESS, HALF)):
            row = services.prepare_release(actor=officer, kind=kind, year=YEAR, until=until)
            services.step_release(actor=officer, release_id=row.pk, step="submit")
            services.step_release(actor=head, release_id=row.pk, step="publish")
        services.prepare_release(actor=officer, kind=EVALUATION, year=YEAR)
        count = Release.objects.update(is_demo=True)
        record(
            events.LOADED, Subject(events.DEMO_KIND, str(YEAR), "示例年度的绩效公开"), None, {"count": count}
        )
    return True
