"""Jobs of the tests' own, and an empty queue before each test."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def declared_jobs() -> Iterator[None]:
    """The jobs of ``jobs_made`` are known while a test runs, and unknown to the rest of the suite."""
    from jobs_made import DECLARED
    from youju.foundation.jobs import defining

    defining.discover()
    before = dict(defining._known)
    defining._known.update(DECLARED)
    yield
    defining._known.clear()
    defining._known.update(before)


@pytest.fixture
def empty_queue(transactional_db: None) -> Iterator[None]:
    """Procrastinate's tables are nobody's models: a test that commits empties them itself."""
    _empty()
    yield
    _empty()


def _empty() -> None:
    with connection.cursor() as cursor:
        for table in ("periodic_defers", "events", "jobs", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")
        cursor.execute("DELETE FROM jobs_run")
        cursor.execute("DELETE FROM jobs_period")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers forked from this process look after dead ones without delay."""
    from youju.foundation.jobs import rescuing, supervising, working

    monkeypatch.setattr(supervising, "_LONGEST_PAUSE", 0.1)
    monkeypatch.setattr(working, "_WATCH_SECONDS", 0.1)
    monkeypatch.setattr(working, "_POLL_SECONDS", 0.1)
    monkeypatch.setattr(rescuing, "_YOUNG", 0.3)


@pytest.fixture
def workers(empty_queue: None, quick: None) -> Callable[..., AbstractContextManager[object]]:
    """Real worker processes on this test's database; they end with the block."""
    from youju.foundation.jobs.supervising import Workers

    @contextmanager
    def running(count: int = 1) -> Iterator[Workers]:
        group = Workers(count)
        group.start()
        try:
            yield group
        finally:
            group.stop()
            assert group.pids == []

    return running


@pytest.fixture
def until() -> Callable[[Callable[[], object]], object]:
    """Wait for something to become true; a minute is far beyond what it takes."""

    def wait(ask: Callable[[], object]) -> object:
        end = time.monotonic() + 60
        while not (found := ask()):
            if time.monotonic() > end:
                pytest.fail(f"it did not happen\n{_state()}")
            time.sleep(0.02)
        return found

    return wait


def _state() -> str:
    """What a red run of a real worker is read from."""
    asked = (
        "SELECT code, state, attempts, message, error, queued_at, started_at FROM jobs_run",
        "SELECT id, status, worker_id, scheduled_at, lock FROM procrastinate_jobs",
        "SELECT job_id, type, at FROM procrastinate_events",
        "SELECT id, last_heartbeat FROM procrastinate_workers",
        "SELECT pid, application_name, state, wait_event, left(query, 60) FROM pg_stat_activity"
        " WHERE datname = current_database()",
        "SELECT pid, objid, granted FROM pg_locks WHERE locktype = 'advisory'",
        "SELECT code, slot, run FROM jobs_period",
        "SELECT now()",
    )
    found = []
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(sql)
            found += [sql, *map(str, cursor.fetchall())]
    return "\n".join(found)
