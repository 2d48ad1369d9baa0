"""Asking for work: in the caller's transaction, under the caller's name, with its key."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, transaction

import jobs_made
from youju.foundation.jobs import selectors
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.running import work_off
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.subjects import Subject

pytestmark = pytest.mark.django_db


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


def test_a_run_carries_subject_title_and_who_asked() -> None:
    with acting(actor="wang", actor_name="王", request_id="r-1", address="10.0.0.1", channel="web"):
        number = enqueue(
            jobs_made.mark, name="a", subject=Subject("targets.set", "7", "2023年"), title="记一笔：甲"
        )
    run = selectors.run(number)
    assert run is not None
    assert (run.state, run.title, run.requested_by, run.request_id) == ("queued", "记一笔：甲", "wang", "r-1")
    assert run.subject == Subject("targets.set", "7", "2023年")
    assert run.arguments == {"name": "a"}


def test_the_job_acts_for_who_asked() -> None:
    with acting(actor="wang", request_id="r-2", channel="web"):
        number = enqueue(jobs_made.mark, name="b")
    with acting(actor="somebody-else"):
        assert work_off() == 1
    run = selectors.run(str(number))
    assert run is not None
    assert run.result == {"name": "b", "actor": "wang", "channel": "job", "request": "r-2"}
    assert (run.state, run.done, run.total, run.percent, run.message) == ("done", 1, 1, 100, "记好了")
    assert run.ended
    assert run.attempts == 1


def test_nothing_runs_when_the_caller_rolls_back() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        enqueue(jobs_made.mark, name="c")
        raise ZeroDivisionError
    assert Run.objects.count() == 0
    assert _waiting() == 0
    assert work_off() == 0


def test_once_gives_the_run_that_waits_already() -> None:
    first = enqueue(jobs_made.mark, key="k", once=True, name="d")
    assert enqueue(jobs_made.mark, key="k", once=True, name="d") == first
    assert enqueue(jobs_made.mark, key="other", once=True, name="d") != first
    assert work_off() == 2
    assert enqueue(jobs_made.mark, key="k", once=True, name="d") != first
    assert jobs_made.marks("d") == 2


def test_runs_of_one_key_are_taken_in_their_order() -> None:
    numbers = [enqueue(jobs_made.mark, key="k", name=f"e{n}") for n in range(3)]
    work_off()
    ended = list(Run.objects.order_by("finished_at").values_list("id", flat=True))
    assert ended == numbers


@pytest.mark.parametrize("arguments", [{}, {"name": "x", "more": 1}, {"nam": "x"}])
def test_arguments_that_do_not_fit_are_a_fault_of_the_program(arguments: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        enqueue(jobs_made.mark, **arguments)
    assert Run.objects.count() == 0


def test_a_plain_function_is_no_job() -> None:
    with pytest.raises(TypeError, match="@job"):
        enqueue(_waiting)


def test_arguments_that_json_cannot_hold_are_refused_before_anything_is_stored() -> None:
    with pytest.raises(TypeError):
        enqueue(jobs_made.mark, name=object())
    assert Run.objects.count() == 0


def test_asking_costs_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        enqueue(jobs_made.mark, name="f")


def test_no_run_no_view() -> None:
    assert selectors.run(uuid4()) is None
    assert selectors.run("not-a-number") is None
