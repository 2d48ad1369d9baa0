"""The same step with many records at once, and cases that are seen only where their record may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.foundation.workflow.conftest import FLOW
from youju.foundation.identity.models import Organisation
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows, selectors, services
from youju.foundation.workflow.models import Case, Step


def papers(count: int) -> list[Subject]:
    return [Subject("test.paper", f"m-{number}", f"第 {number} 份") for number in range(count)]


@pytest.fixture
def moved(people: Any) -> Any:
    subjects = papers(6)
    services.start_many(flow=FLOW, subjects=subjects, actor=people["pfo"])
    services.advance_many(
        flow=FLOW, subjects=subjects, transition="submit", actor=people["pfo"], reason="一起"
    )
    return people


def test_many_go_like_one(moved: Any) -> None:
    one = Subject("test.paper", "one", "单独一份")
    services.start(flow=FLOW, subject=one, actor=moved["pfo"])
    services.advance(flow=FLOW, subject=one, transition="submit", actor=moved["pfo"], reason="一起")
    alone, among = selectors.case(one), selectors.case(papers(6)[3])
    assert alone is not None and among is not None
    for name in ("state", "due_on", "provisional", "assigned_to", "waits_for", "started_by"):
        assert getattr(alone, name) == getattr(among, name), name
    assert [
        (step.label, step.by, step.reason, step.due_on, step.within_limit) for step in selectors.log_of(one)
    ] == [
        (step.label, step.by, step.reason, step.due_on, step.within_limit)
        for step in selectors.log_of(papers(6)[3])
    ]


def test_all_or_none(moved: Any) -> None:
    services.advance(flow=FLOW, subject=papers(6)[2], transition="review", actor=moved["fin"])
    with pytest.raises(InputError, match="第 2 份"):
        services.advance_many(flow=FLOW, subjects=papers(6), transition="review", actor=moved["fin"])
    with pytest.raises(PermissionDenied, match="第 0 份"):
        services.advance_many(flow=FLOW, subjects=papers(6), transition="review", actor=moved["pfo"])
    with pytest.raises(InputError, match="理由"):
        services.advance_many(flow=FLOW, subjects=papers(1), transition="return", actor=moved["fin"])
    with pytest.raises(InputError, match="不在办理中"):
        services.advance_many(flow=FLOW, subjects=papers(7), transition="review", actor=moved["fin"])
    with pytest.raises(InputError, match="已经在办理中"):
        services.start_many(flow=FLOW, subjects=papers(7), actor=moved["pfo"])
    assert Case.objects.filter(state="submitted").count() == 5
    assert Step.objects.count() == 6 * 2 + 1


def test_a_return_begins_a_new_round(moved: Any) -> None:
    services.advance_many(
        flow=FLOW, subjects=papers(6), transition="return", actor=moved["fin"], reason="不全"
    )
    assert set(Case.objects.values_list("state", "round", "due_on")) == {("draft", 2, None)}


def test_statements_do_not_grow_with_records(moved: Any) -> None:
    def count(subjects: list[Subject], transition: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            services.advance_many(flow=FLOW, subjects=subjects, transition=transition, actor=moved["fin"])
        return len(seen)

    assert count(papers(6)[:1], "review") == count(papers(6)[1:], "review")


@pytest.fixture
def narrowed() -> Iterator[None]:
    """As if row-level security showed the records m-1 and m-2 alone."""
    there = flows._flows[FLOW.code][FLOW.since]
    Organisation.objects.create(code="M1", name="m-1", kind="public")
    Organisation.objects.create(code="M2", name="m-2", kind="public")
    rows = lambda: Organisation.objects.filter(name__startswith="m-").order_by().values("name")  # noqa: E731
    flows._flows[FLOW.code][FLOW.since] = flows.Registered(FLOW, None, rows)
    yield
    flows._flows[FLOW.code][FLOW.since] = there


def test_cases_are_seen_where_their_record_is(moved: Any, narrowed: None) -> None:
    assert {row.subject_key for row in selectors.cases(flow=FLOW.code)} == {"m-1", "m-2"}
    assert {item.subject.key for item in selectors.todo(moved["fin"])} == {"m-1", "m-2"}
    assert selectors.todo_count(moved["fin"]) == 2
    hidden = Case.objects.get(subject_key="m-3").pk
    assert selectors.case_of(hidden) is None
    with pytest.raises(InputError) as caught:
        selectors.case_page(hidden, moved["fin"])
    assert caught.value.status == 404
