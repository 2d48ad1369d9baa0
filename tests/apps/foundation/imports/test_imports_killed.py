"""``kill -9`` in the middle of an import: a batch is written wholly, with its entry on the trail, or not at all."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

import importing_process
from apps.foundation.imports.conftest import GOODS, HEAD, book
from youju.foundation.audit import verifying, witness
from youju.foundation.audit.models import Entry
from youju.foundation.imports import services
from youju.foundation.imports.models import Batch, Finding, StagedRow

ROUNDS = int(os.environ.get("YOUJU_KILL_ROUNDS", "20"))
ROWS = 300
BEYOND = 1.4
"""The longest wait before a kill, in lengths of the step as measured here and now: some come to their end."""


@pytest.fixture
def trail_folder(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Witness and root folders of this test alone."""
    monkeypatch.setattr(witness, "folder", lambda: tmp_path / "witness")
    monkeypatch.setenv("YOUJU_AUDIT_ROOTS", str(tmp_path / "roots"))
    return tmp_path / "witness"


@pytest.fixture
def importing(trail_folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The process whose children are killed."""
    here = Path(importing_process.__file__).parent
    environment = os.environ | {"PYTHONPATH": f"{here}:{here.parent / 'src'}"}
    command = [sys.executable, "-m", "importing_process", connection.settings_dict["NAME"], str(trail_folder)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


def kill_during(process: subprocess.Popen[str], step: str, batch: Batch, seconds: float) -> None:
    """Let a child begin the step and kill it after a while."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{step} {batch.pk}\n")
    process.stdin.flush()
    child = int(process.stdout.readline())
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    assert process.stdout.readline() == "over\n"
    quiet()


def length(process: subprocess.Popen[str], step: str, batch: Batch) -> float:
    """How many seconds the step takes a child that nobody kills."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{step} {batch.pk}\n")
    process.stdin.flush()
    process.stdout.readline()
    began = time.monotonic()
    assert process.stdout.readline() == "over\n"
    return time.monotonic() - began


def quiet() -> None:
    """Wait until PostgreSQL has ended what the killed client began."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)
    raise AssertionError("the killed client's transaction did not end")


def test_a_killed_import_is_whole_or_absent_and_goes_on(
    officer: Any, scratch: Callable[[], int], importing: subprocess.Popen[str]
) -> None:
    draw = random.Random(20231123)
    seen = set()

    def received(number: int) -> Batch:
        rows = [
            [f"包{n}", f"{number % 100:02}{n:08}", "12.50", 1, "2023-05-01", "箱包", "否"]
            for n in range(ROWS)
        ]
        return services.receive(
            actor=officer, importer=GOODS.code, name=f"{number}.xlsx", content=book(HEAD, *rows)
        )[0]

    first = received(ROUNDS)
    longest = {"check": BEYOND * length(importing, "check", first)}
    first.refresh_from_db()
    services.prepare_commit(actor=officer, batch_id=first.pk, token=first.effects["token"], acknowledged=True)
    longest["commit"] = BEYOND * length(importing, "commit", first)
    quiet()
    for number in range(ROUNDS):
        batch = received(number)
        before = scratch()
        step = draw.choice(("check", "commit"))
        if step == "commit":
            services.check_batch(batch_id=batch.pk)
            batch.refresh_from_db()
            services.prepare_commit(
                actor=officer, batch_id=batch.pk, token=batch.effects["token"], acknowledged=True
            )
        kill_during(importing, step, batch, draw.uniform(0, longest[step]))
        batch.refresh_from_db()
        seen.add((step, batch.state))
        staged = StagedRow.objects.filter(batch=batch).count()
        entries = Entry.objects.filter(subject_key=str(batch.pk), verb="imports.batch.committed")
        if step == "check":
            assert (batch.state, staged) in {("checking", 0), ("ready", ROWS)}
            assert not Finding.objects.filter(batch=batch).exists()
        else:
            assert (batch.state, scratch() - before, staged, entries.count()) in {
                ("committing", 0, ROWS, 0),
                ("committed", ROWS, 0, 1),
            }
        # What the worker does when it is back: the same again.
        services.check_batch(batch_id=batch.pk)
        batch.refresh_from_db()
        if batch.state == "ready":
            services.prepare_commit(
                actor=officer, batch_id=batch.pk, token=batch.effects["token"], acknowledged=True
            )
        services.commit_batch(batch_id=batch.pk)
        assert (scratch() - before, entries.count()) == (ROWS, 1)
    assert {state for _, state in seen} > {"committed"} or ROUNDS < 10
    result = verifying.verify()
    assert result.intact, result.findings
