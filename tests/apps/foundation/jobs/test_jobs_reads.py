"""Lists of runs and the state of the queue; and what is left behind when things fall between two chairs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import jobs_made
from youju.foundation.jobs import rescuing, selectors
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.progress import Progress
from youju.foundation.jobs.running import work_off
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.subjects import Subject

pytestmark = pytest.mark.django_db
SUBJECT = Subject("targets.set", "7", "2023年度绩效目标")


def test_runs_are_found_by_what_people_know_of_them() -> None:
    with acting(actor="wang", request_id="r-77"):
        one = enqueue(jobs_made.mark, name="a", subject=SUBJECT)
    two = enqueue(jobs_made.refuse, name="b")
    work_off()
    ids = lambda **wish: set(selectors.runs(**wish).values_list("pk", flat=True))  # noqa: E731
    assert ids() == {one, two}
    assert ids(state="failed") == {two}
    assert ids(code="test.mark") == ids(text="绩效") == ids(text="r-77") == {one}
    assert ids(subject=SUBJECT) == ids(requested_by="wang") == {one}
    assert (
        ids(since=timezone.now() + timedelta(hours=1))
        == ids(until=timezone.now() - timedelta(hours=1))
        == set()
    )
    assert ("test.mark", "记一笔") in selectors.codes()


def test_the_queue_is_read_in_one_query_however_long(django_assert_num_queries) -> None:
    for n in range(30):
        enqueue(jobs_made.mark, name=f"c{n}")
    Run.objects.update(queued_at=timezone.now() - timedelta(minutes=5))
    with django_assert_num_queries(1):
        state = selectors.queue()
    assert (state.queued, state.running, state.failed_today, state.workers) == (30, 0, 0, 0)
    assert timedelta(minutes=5) <= state.lag < timedelta(minutes=6)


def test_an_empty_queue_has_no_lag() -> None:
    assert selectors.queue().lag == timedelta(0)


def test_a_run_whose_place_in_the_queue_is_gone_gets_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescuing, "_YOUNG", -1.0)
    enqueue(jobs_made.mark, name="d")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert rescuing.rescue() == 1
    assert rescuing.rescue() == 0
    work_off()
    assert jobs_made.marks("d") == 1


def test_a_place_whose_run_has_ended_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescuing, "_YOUNG", -1.0)
    enqueue(jobs_made.mark, name="e", key="k")
    work_off()
    Run.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing'")
        rescuing.rescue()
        cursor.execute("SELECT status::text FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == "succeeded"


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "done"},
        {"finished_at": "2026-01-01T00:00:00Z"},
        {"state": "failed", "finished_at": "2026-01-01T00:00:00Z"},
        {"done": -1},
        {"total": -1},
        {"attempts": -1},
    ],
    ids=str,
)
def test_the_database_refuses_a_run_that_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(code="x", title="x", **wrong)


def test_progress_writes_seldom_and_never_loses_the_last_word() -> None:
    told: list[tuple[int, int | None, str]] = []
    progress = Progress(lambda *state: told.append(state))
    for _ in progress.track(range(100_000), message="行"):
        pass
    assert len(told) < 1000
    progress.flush()
    assert told[-1] == (100_000, 100_000, "行")
    progress.flush()
    assert told[-1] != told[-2]
    progress.say("收尾")
    assert told[-1] == (100_000, 100_000, "收尾")
    progress.step()
    progress.flush()
    assert told[-1][0] == 100_001


def test_a_job_can_be_called_without_a_queue() -> None:
    assert jobs_made.mark(name="f", progress=Progress())["channel"] == ""
