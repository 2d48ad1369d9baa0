"""Real worker processes: work is taken, shown, locked; a worker that is killed loses nothing and doubles nothing."""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from django.db import connection
from django.utils import timezone

import jobs_made
from youju.foundation.jobs import limits, selectors
from youju.foundation.jobs.models import Period, Run
from youju.foundation.jobs.services import enqueue

ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "10"))


def _open() -> bool:
    return Run.objects.filter(state__in=["queued", "running"]).exists()


def test_a_worker_takes_what_was_asked_for(workers, until) -> None:
    with workers():
        number = enqueue(jobs_made.mark, name="a")
        until(lambda: not _open())
        assert selectors.queue().workers == 1
    run = selectors.run(number)
    assert run is not None
    assert (run.state, run.attempts) == ("done", 1)
    assert jobs_made.marks("a") == 1


def test_progress_is_seen_while_the_work_is_not_committed(workers, until) -> None:
    with workers():
        number = enqueue(jobs_made.slow, name="b", seconds=3)
        until(lambda: (selectors.run(number).percent or 0) >= 20)
        run = selectors.run(number)
        assert (run.state, run.message, run.total) == ("running", "慢慢做", 10)
        assert jobs_made.marks("b") == 0
        until(lambda: not _open())
    assert jobs_made.marks("b") == 1


def test_runs_of_one_key_never_overlap_and_others_do(workers, until, tmp_path: Path) -> None:
    with workers(3):
        for n in range(3):
            enqueue(jobs_made.slow, key="one", name=f"c{n}", seconds=0.3)
        enqueue(jobs_made.slow, name="other", seconds=0.3)
        until(lambda: not _open())
    rows = list(Run.objects.filter(key="one").order_by("started_at"))
    assert [row.arguments["name"] for row in rows] == ["c0", "c1", "c2"]
    assert all(one.finished_at <= two.started_at for one, two in pairwise(rows))
    other = Run.objects.get(key="")
    assert other.started_at < rows[-1].started_at


def test_killed_at_any_moment_each_job_is_done_exactly_once(workers, until, monkeypatch) -> None:
    """Seeded: workers are killed at random moments while jobs with and without a common key wait and run."""
    monkeypatch.setattr(limits, "attempts", lambda _policy: 10_000)
    chance = random.Random(20261123)
    with workers(2) as group:
        names = []
        for kill in range(ROUNDS):
            for n in range(2):
                name = f"k{kill}-{n}"
                key = chance.choice(["", "", "shared"])
                job = jobs_made.outside if chance.random() < 0.2 else jobs_made.slow
                more = {} if job is jobs_made.outside else {"seconds": chance.choice([0.01, 0.2])}
                enqueue(job, key=key, name=name, **more)
                names.append(name)
            time.sleep(chance.random() * 0.5)
            until(lambda: group.pids)
            os.kill(chance.choice(group.pids), signal.SIGKILL)
        until(lambda: not _open())
    assert dict(Run.objects.exclude(state="done").values_list("arguments__name", "error")) == {}
    assert {name: jobs_made.marks(name) for name in names} == dict.fromkeys(names, 1)
    assert _locks() == 0


def test_what_a_job_asks_for_is_part_of_its_transaction(workers, until) -> None:
    with workers(2):
        for _ in range(5):
            enqueue(jobs_made.chain, name="kept", fail=False)
            enqueue(jobs_made.chain, name="dropped", fail=True)
        until(lambda: not _open())
    assert (jobs_made.marks("kept"), jobs_made.marks("dropped")) == (5, 0)
    assert Run.objects.filter(code="test.mark", state="done").count() == 5
    # The product's own jobs come due by the clock, also while this test runs.
    others = [
        str(each) for each in Run.objects.exclude(code__startswith="test.").values_list("pk", flat=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE NOT args->>'run' = ANY (%s::text[])", [others]
        )
        assert cursor.fetchone()[0] == 15


def _locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]


def test_a_job_that_kills_its_workers_ends_with_a_sentence(workers, until, monkeypatch) -> None:
    monkeypatch.setattr(limits, "attempts", lambda _policy: 2)
    with workers():
        number = enqueue(jobs_made.die, name="d")
        beside = enqueue(jobs_made.mark, name="beside")
        until(lambda: not _open())
    run = selectors.run(number)
    assert run.state == "failed"
    assert run.error.startswith("运行了 2 次都被中断")
    assert jobs_made.marks("d") == 0
    assert selectors.run(beside).state == "done"


def test_a_cut_database_connection_costs_an_attempt_and_nothing_else(workers, until, monkeypatch) -> None:
    monkeypatch.setattr(limits, "attempts", lambda _policy: 2)
    monkeypatch.setattr(limits, "pause", lambda _n: timedelta(seconds=0))
    with workers() as group:
        before = until(lambda: group.pids)
        number = enqueue(jobs_made.cut, name="e")
        until(lambda: not _open())
        after = enqueue(jobs_made.mark, name="after")
        until(lambda: not _open())
        assert group.pids == before
    assert selectors.run(number).state == "failed"
    assert jobs_made.marks("e") == 0
    assert selectors.run(after).state == "done"


def test_told_to_stop_a_worker_finishes_its_job(workers, until) -> None:
    with workers() as group:
        number = enqueue(jobs_made.slow, name="f", seconds=1)
        until(lambda: selectors.run(number).state == "running")
        os.kill(group.pids[0], signal.SIGTERM)
        until(lambda: selectors.run(number).state == "done")
    assert jobs_made.marks("f") == 1


def test_told_to_stop_a_worker_gives_back_what_takes_too_long(workers, until, monkeypatch) -> None:
    monkeypatch.setattr(limits, "stop_seconds", lambda: 0)
    with workers() as group:
        number = enqueue(jobs_made.slow, name="g", seconds=30)
        until(lambda: selectors.run(number).message)
        group.stop(10)
    run = selectors.run(number)
    assert (run.state, run.attempts, run.message) == ("queued", 0, "服务停止，已退回队列")
    assert jobs_made.marks("g") == 0


def test_a_worker_that_comes_late_takes_up_what_was_left(workers, until) -> None:
    """The whole product was killed; the run waits in the database as running."""
    with workers() as group:
        number = enqueue(jobs_made.slow, name="h", seconds=2)
        until(lambda: selectors.run(number).state == "running")
        group.count = 0
        group._stopping.set()
        os.kill(group.pids[0], signal.SIGKILL)
    assert selectors.run(number).state == "running"
    with workers():
        until(lambda: not _open())
    assert selectors.run(number).attempts == 2
    assert jobs_made.marks("h") == 1


def test_two_workers_serve_each_period_once(workers, until, monkeypatch) -> None:
    from youju.foundation.jobs import calendar

    Period.objects.create(code="test.each-minute", slot=timezone.now() - timedelta(days=3))
    slots = {"now": timezone.now()}
    monkeypatch.setattr(calendar, "slot_at", lambda _cron, _moment: slots["now"])
    with workers(2):
        until(lambda: jobs_made.marks("minute"))
        time.sleep(0.5)
    assert jobs_made.marks("minute") == 1
    assert Run.objects.filter(code="test.each-minute").count() == 1
