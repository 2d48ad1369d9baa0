"""``youju up`` and ``youju worker``: the job workers start, come back when killed, and end with their parent."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from prepared import prepare
from warm import WARM, Command
from youju.config import web
from youju.foundation.database import leftovers
from youju.foundation.database.places import ServerPlaces
from youju.foundation.jobs import supervising
from youju.foundation.kernel.errors import InputError

ENDED = "SELECT count(*) FROM jobs_run WHERE code = 'jobs.clear-old' AND state = 'done'"
DUE = "UPDATE jobs_period SET slot = slot - interval '3 days' WHERE code = 'jobs.clear-old' RETURNING code"


@pytest.fixture
def environment() -> Iterator[dict[str, str]]:
    """A folder of its own for a product, outside pytest's (which every starting pytest closes)."""
    with tempfile.TemporaryDirectory(prefix="youju-work-", ignore_cleanup_errors=True) as folder:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
        prepare(Path(folder) / "var")
        yield kept | {"YOUJU_VAR": str(Path(folder) / "var"), "YOUJU_WORKERS": "1", "YOUJU_JOB_WORKERS": "2"}
        leftovers.clear(Path(folder) / "var" / "postgres" / "data")


@contextmanager
def _running(environment: dict[str, str], *arguments: str, said: str) -> Iterator[Command]:
    process = WARM.start(arguments, environment)
    end = time.monotonic() + 120
    while not re.search(said, process.stderr):
        assert process.poll() is None and time.monotonic() < end, process.stderr
        time.sleep(0.02)
    try:
        yield process
        process.send_signal(signal.SIGINT)
        if process.wait(60) != -signal.SIGKILL:
            assert process.returncode == 0
            assert process.processes() == set()
    finally:
        process.kill()


def _processes(environment: dict[str, str], *started: Command) -> list[int]:
    """Every process of the product: of the commands' sessions, and its database servers."""
    servers = leftovers.servers_on(Path(environment["YOUJU_VAR"]) / "postgres" / "data")
    return sorted(servers.union(*(each.processes() for each in started)))


def _job_workers(environment: dict[str, str]) -> list[int]:
    """The process numbers that the workers' database sessions are named after."""
    rows = _sql(
        environment,
        "SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name ~ '^youju job'",
    )
    return sorted(int(row[0].split()[-1]) for row in rows)


def _sql(environment: dict[str, str], statement: str) -> list[tuple[str, ...]]:
    places = ServerPlaces(Path(environment["YOUJU_VAR"]) / "postgres")
    with psycopg.connect(
        host=str(places.socket), user="postgres", dbname="youju", autocommit=True
    ) as connection:
        return connection.execute(statement).fetchall()


def _until(ask: Callable[[], object]) -> object:
    end = time.monotonic() + 60
    while not (found := ask()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)
    return found


def test_workers_beside_the_web_server(environment: dict[str, str]) -> None:
    with _running(environment, "up", "--port", "0", said="有据已启动") as process:
        workers = _until(lambda: len(found := _job_workers(environment)) == 2 and found)
        _until(lambda: _sql(environment, DUE))
        _until(lambda: _sql(environment, ENDED)[0][0])
        os.kill(workers[0], signal.SIGKILL)
        after = _until(lambda: len(found := _job_workers(environment)) == 2 and found != workers and found)
        assert workers[1] in after
        run = _sql(
            environment,
            "SELECT requested_by, attempts, context::text FROM jobs_run WHERE code = 'jobs.clear-old'",
        )
        assert [(row[0], row[1]) for row in run] == [("", 1)]
    assert _processes(environment, process) == []


def test_workers_outlive_the_database_that_is_killed_under_them(environment: dict[str, str]) -> None:
    data = Path(environment["YOUJU_VAR"]) / "postgres" / "data"
    with _running(environment, "up", "--port", "0", said="有据已启动") as process:
        _until(lambda: _sql(environment, DUE))
        server = leftovers.postmaster_pid(data)
        assert server is not None
        os.kill(server, signal.SIGKILL)
        _until(
            lambda: leftovers.server_status(data)[1] == "ready" and leftovers.postmaster_pid(data) != server
        )
        _until(lambda: _sql(environment, ENDED)[0][0] == 1)
        _until(lambda: len(_job_workers(environment)) == 2)
    assert _processes(environment, process) == []


def test_workers_end_when_their_parent_is_killed(environment: dict[str, str]) -> None:
    with _running(environment, "up", "--port", "0", said="有据已启动") as process:
        _until(lambda: len(_job_workers(environment)) == 2)
        assert len(_processes(environment, process)) > 3
        process.kill()
        process.wait(30)
        _until(lambda: _processes(environment, process) == [])


def test_workers_alone(environment: dict[str, str]) -> None:
    none = environment | {"YOUJU_VAR": f"{environment['YOUJU_VAR']}-none"}
    early = WARM.run(["worker"], none)
    assert early.returncode == 2
    assert "请先运行一次 youju up" in early.stderr
    alone = environment | {"YOUJU_JOB_WORKERS": "0"}
    with _running(alone, "up", "--port", "0", said="有据已启动") as product:
        assert _job_workers(environment) == []
        with _running(environment, "worker", said="已启动 2 个后台任务进程") as workers:
            _until(lambda: len(_job_workers(environment)) == 2)
        assert _job_workers(environment) == []
    assert _processes(environment, product, workers) == []


@pytest.mark.parametrize("wanted", ["many", "-1", "1.5"])
def test_a_number_of_job_workers_that_is_none_is_refused(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv("YOUJU_JOB_WORKERS", wanted)
    with pytest.raises(InputError, match=f"YOUJU_JOB_WORKERS：后台任务进程数“{wanted}”不是数"):
        supervising.worker_count()


def test_no_worker_to_start_is_told(environment: dict[str, str]) -> None:
    done = WARM.run(["worker"], environment | {"YOUJU_JOB_WORKERS": "0"})
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_the_database_has_sessions_for_the_job_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_JOB_WORKERS", "0")
    without = web.connections()
    monkeypatch.setenv("YOUJU_JOB_WORKERS", "3")
    assert web.connections() == without + 3 * supervising.CONNECTIONS
