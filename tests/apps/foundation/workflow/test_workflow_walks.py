"""Ways of example records: they follow the table, count as the workflow counts, and become cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.sealing import Sealer, fingerprint, unseal
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.models import Case
from youju.foundation.workflow.walks import CHINA, Walk, limit, next_moment, working_day
from youju.rules.trade.parties.lifecycle import PARTY_FLOW

BEGAN = datetime(2023, 9, 28, 10, tzinfo=CHINA)  # the last working day before the long holiday
MER, STAFF = ("mer", "商户"), ("stf", "科员")


def _submitted() -> Walk:
    walk = Walk(PARTY_FLOW, MER, BEGAN)
    walk.take("submit", MER, BEGAN + timedelta(hours=1))
    return walk


def test_a_way_begins_in_the_first_state() -> None:
    walk = Walk(PARTY_FLOW, MER, BEGAN)
    assert (walk.state, walk.due_on, walk.waiting_for, walk.finished) == ("draft", None, "", None)
    assert [step.transition for step in walk.steps] == ["start"]


def test_limits_count_working_days_across_a_holiday() -> None:
    assert working_day(date(2023, 9, 28), 1) == date(2023, 10, 7)  # a Saturday made up
    assert limit(date(2023, 9, 28), "trade.parties.accept_days") == _submitted().due_on == date(2023, 10, 8)


@pytest.mark.parametrize(("day", "kept"), [(8, True), (9, False)])
def test_a_step_says_whether_the_limit_was_kept(day: int, kept: bool) -> None:
    walk = _submitted()
    walk.take("accept", STAFF, datetime(2023, 10, day, 9, tzinfo=CHINA))
    assert walk.steps[-1].within_limit is kept
    assert walk.steps[-1].due_on == date(2023, 10, 8)
    assert walk.steps[-1].working_days == day - 6


def test_a_step_that_the_table_does_not_know_from_here_is_refused() -> None:
    with pytest.raises(ValueError, match="no approve from submitted"):
        _submitted().take("approve", STAFF, BEGAN + timedelta(days=12))


def test_a_return_begins_a_new_round() -> None:
    walk = _submitted()
    walk.take("return", STAFF, BEGAN + timedelta(days=10), "照片不清楚")
    assert (walk.round, walk.state, walk.waiting_for) == (2, "returned", "")


def test_an_end_is_when_it_came() -> None:
    walk = Walk(PARTY_FLOW, MER, BEGAN)
    walk.take("cancel", STAFF, BEGAN + timedelta(days=1), "不办了")
    assert walk.finished == BEGAN + timedelta(days=1)


def test_the_next_moment_is_in_office_hours_of_a_working_day() -> None:
    moment = next_moment(BEGAN, 2, Chance(1, "test", 1))
    assert moment.date() == date(2023, 10, 8)
    assert 9 <= moment.hour < 17
    assert next_moment(BEGAN, 0, Chance(1, "test", 2)) > BEGAN


@pytest.mark.django_db
def test_ways_become_cases_with_their_logs() -> None:
    assert (
        write_cases("test.kind", [("1", "一号", "DEMO", _submitted()), ("2", "二号", "", _submitted())]) == 2
    )
    case = Case.objects.get(subject_kind="test.kind", subject_key="1")
    assert (case.label, case.state, case.organisation, case.waiting_for) == (
        "一号",
        "submitted",
        "DEMO",
        "parties.review",
    )
    assert [step.transition for step in case.steps.all()] == ["start", "submit"]


def test_a_sealer_does_as_the_functions_do() -> None:
    box = Sealer()
    assert unseal(box.seal("15400000000")) == "15400000000"
    assert box.fingerprint("15400000000", "phone") == fingerprint("15400000000", "phone")
    assert box.fingerprint("15400000000", "phone") != box.fingerprint("15400000000", "passport")
