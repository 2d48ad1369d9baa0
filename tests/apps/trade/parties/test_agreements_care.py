"""What the clock does: an agreement runs out, and both sides are told before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from trade_made_agree import Pair, pair
from youju.foundation.audit.selectors import history
from youju.foundation.jobs.defining import definition
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.law import whole
from youju.trade.parties import events
from youju.trade.parties.jobs import care_for_agreements
from youju.trade.parties.models import Agreement

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
REMIND = whole(law_on(timezone.localdate()), "trade.parties.agreement_remind_days")


@pytest.fixture
def two() -> Pair:
    return pair()


def moved(row: Agreement, last: timedelta) -> Agreement:
    """The agreement as if it ended so many days from now."""
    today = timezone.localdate()
    Agreement.objects.filter(pk=row.pk).update(valid_from=today - 200 * DAY, valid_to=today + last)
    row.refresh_from_db()
    return row


def test_it_runs_each_night() -> None:
    found = definition("parties.agreements-care")
    assert found is not None
    assert found.cron == "20 0 * * *"


def test_it_ends_the_day_after_its_last_day(two: Pair) -> None:
    row = moved(two.concluded(), 0 * DAY)
    assert care_for_agreements()["expired"] == 0
    row = moved(row, -DAY)
    assert care_for_agreements()["expired"] == 1
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("ended", timezone.localdate())
    last = history("parties.agreement", str(row.pk)).lines[0]
    assert (last.deed, "届满" in last.reason) == ("到期终止了", True)
    step = workflow.log_of(events.agreement_subject(row))[-1]
    assert (step.label, step.by, step.by_name) == ("到期终止", "", "系统")
    assert care_for_agreements() == {"expired": 0, "reminded": 0}


def test_both_sides_are_told_once_in_time(two: Pair) -> None:
    row = moved(two.concluded(), (REMIND + 1) * DAY)
    assert care_for_agreements()["reminded"] == 0
    row = moved(row, REMIND * DAY)
    assert care_for_agreements()["reminded"] == 1
    for who in (two.seller, two.broker):
        (item,) = workflow.todo(who)
        assert (item.subject.label, item.due_on) == (row.number, row.valid_to)
    assert workflow.todo(pair("MS-B", "WM-B").broker) == []
    assert care_for_agreements()["reminded"] == 0


def test_who_has_a_follower_is_left_in_peace(two: Pair) -> None:
    row = moved(two.concluded(), 3 * DAY)
    two.offered(valid_from=row.valid_to + DAY, valid_to=row.valid_to + 90 * DAY)
    assert care_for_agreements()["reminded"] == 0
