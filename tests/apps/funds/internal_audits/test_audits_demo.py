"""The demo year: a plan, a sample that anybody draws again, findings in all states, one opened again, payments not compliant."""

from __future__ import annotations

from datetime import date

import pytest

from office_made import today
from youju.foundation.identity import demo as people
from youju.foundation.identity.selectors import user_named
from youju.foundation.workflow.selectors import case
from youju.funds.internal_audits import events, selectors
from youju.funds.internal_audits.demo import loading
from youju.funds.internal_audits.models import Finding, Plan, Reply, Sample
from youju.funds.payments.demo import loading as payments
from youju.funds.payments.models import AuditFinding
from youju.funds.projects.services import take_up_targets
from youju.office.contracts.demo import loading as contracts
from youju.office.tasks.demo import loading as tasks
from youju.performance.targets import demo as targets
from youju.performance.targets.services.funding import items_of
from youju.rules.funds.internal_audits.lifecycle import FINDING_STATES


@pytest.mark.django_db
def test_the_demo_year() -> None:
    people.load()
    take_up_targets(year=2023, items=items_of(targets.document(), 2023), is_demo=True)
    payments.load()
    tasks.load(today=today())
    contracts.load()
    assert loading.load(today=today())
    assert not loading.load(today=today())
    assert Plan.objects.get().state == "approved"
    assert {row.state for row in Finding.objects.all()} == set(FINDING_STATES)
    assert Finding.objects.count() == 12 == len(loading.table("findings"))
    again = Finding.objects.get(reopened=1)
    assert (again.state, again.subject_kind, again.due_on is not None) == (
        "rectifying",
        "payments.payment",
        True,
    )
    found = case(events.finding_subject(again))
    assert found is not None and found.state == "rectifying" and found.due_on == again.due_on
    assert Reply.objects.count() == 7
    # Three payments have an open finding.
    assert AuditFinding.objects.filter(is_open=True).values("payment").distinct().count() == 3
    auditor = user_named("demo-aud")
    assert auditor is not None
    sample = Sample.objects.get()
    assert selectors.redraw(auditor, sample.pk).same and sample.count > 50
    page = selectors.sample_page(auditor, sample.pk)
    assert 0 < page.concluded < len(page.items)
    report = selectors.report(auditor)
    assert report.total.late >= 1 and report.reopened == 1
    for row in Finding.objects.all():
        assert selectors.finding_page(auditor, row.number).row == row
        assert row.found_on <= today() and (row.closed_on or date(2023, 1, 1)) <= today()
