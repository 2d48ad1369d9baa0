"""A record that waits for one person from its start, and whose limit is a day of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.foundation.workflow.conftest import FLOW, paper
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import selectors, services

pytestmark = pytest.mark.django_db
People = dict[str, Any]


def test_it_waits_for_the_one_named_and_after_the_step_for_the_next_one(people: People) -> None:
    services.start(flow=FLOW, subject=paper(), actor=people["pfo"], assigned=people["pfo"])
    assert len(selectors.todo(people["pfo"])) == 1
    services.advance(
        flow=FLOW, subject=paper(), transition="submit", actor=people["pfo"], assigned=people["fin"]
    )
    seen = selectors.case(paper())
    assert seen is not None and seen.assigned_to == people["fin"].username
    services.advance(flow=FLOW, subject=paper(), transition="review", actor=people["fin"])
    seen = selectors.case(paper())
    assert seen is not None and seen.assigned_to == ""


def test_many_at_once_each_with_a_day_and_a_person(people: People) -> None:
    past = timezone.localdate() - timedelta(days=9)
    services.start_many(
        flow=FLOW,
        subjects=[paper(1), paper(2)],
        actor=people["pfo"],
        due={"1": past},
        assigned={"1": people["pfo"]},
    )
    first, second = selectors.case(paper(1)), selectors.case(paper(2))
    assert first is not None and second is not None
    assert (first.due_on, first.late, first.assigned_to) == (past, True, people["pfo"].username)
    assert (second.due_on, second.assigned_to) == (None, "")
    assert selectors.todo_counts(people["pfo"]) == (2, 1)
    assert (selectors.todo_count(people["pfo"]), selectors.todo_late_count(people["pfo"])) == (2, 1)


def test_a_day_that_has_passed_may_be_kept_and_no_other_past_one_set(people: People) -> None:
    today = timezone.localdate()
    past = today - timedelta(days=9)
    services.start_many(flow=FLOW, subjects=[paper(1)], actor=people["pfo"], due={"1": past})
    with pytest.raises(InputError, match="已经过去"):
        services.advance(
            flow=FLOW,
            subject=paper(1),
            transition="submit",
            actor=people["pfo"],
            due=today - timedelta(days=1),
        )
    services.advance(flow=FLOW, subject=paper(1), transition="submit", actor=people["pfo"], due=past)
    seen = selectors.case(paper(1))
    assert seen is not None and seen.late


def test_the_day_is_put_right_with_the_record(people: People) -> None:
    services.start(flow=FLOW, subject=paper(1), actor=people["pfo"])
    later = timezone.localdate() + timedelta(days=30)
    named = Subject(paper(1).kind, paper(1).key, "改了名称")
    services.set_due(subject=named, due=later)
    seen = selectors.case(paper(1))
    assert seen is not None and (seen.due_on, seen.subject.label) == (later, "改了名称")
    with pytest.raises(InputError, match="不在办理中"):
        services.set_due(subject=paper(99), due=later)
