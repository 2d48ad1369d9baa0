"""One attempt at one run: taken, worked, marked. See docs/adr/0010-jobs.md for why nothing is lost or done twice."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone, translation

from youju.foundation.jobs import limits
from youju.foundation.jobs.board import Board, same_connection
from youju.foundation.jobs.defining import Definition, definition
from youju.foundation.jobs.progress import Progress
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError

logger = logging.getLogger(__name__)

# How long to wait for a lock that another holds for a moment, and how long to stay away where it is held longer.
_LOCK_PATIENCE = 5.0
_LOCK_PAUSE = 10


class AgainLaterError(Exception):
    """The run waits for another try, not before ``at``; procrastinate puts it back into its queue."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at.isoformat())
        self.at = at


class EndedError(Exception):
    """The run failed for good; procrastinate keeps its row as failed."""


class _SupersededError(Exception):
    """Another attempt has taken over; whatever this one did is rolled back."""


@dataclass(slots=True)
class Attempt:
    """What a worker is busy with: asked by its watcher when it must stop."""

    run: UUID
    number: int


busy: Attempt | None = None


def lock_number(run: UUID) -> int:
    """The advisory lock that says "somebody works on this run": 64 bits of its id."""
    return int.from_bytes(run.bytes[8:], "big", signed=True)


def perform(run: UUID, place: int, board: Board) -> None:
    """Work on a run that was taken from the queue at ``place``.

    Raises:
        AgainLaterError: it shall be tried later.
        EndedError: it failed for good.
    """
    global busy  # noqa: PLW0603
    with _held(run):
        row = board.begin(run, place)
        if row is None:
            return
        busy = Attempt(run, row["attempts"])
        try:
            _attempt(busy, row, board)
        finally:
            busy = None


@contextmanager
def _held(run: UUID) -> Iterator[None]:
    """Hold the run's lock on the connection that does the work: both end together, however they end."""
    number, end = lock_number(run), time.monotonic() + _LOCK_PATIENCE
    while not _one("SELECT pg_try_advisory_lock(%s)", number):
        if time.monotonic() > end:
            raise AgainLaterError(timezone.now() + timedelta(seconds=_LOCK_PAUSE))
        time.sleep(0.1)
    try:
        yield
    finally:
        if connection.connection is not None and not connection.connection.closed:
            _one("SELECT pg_advisory_unlock(%s)", number)


def _one(sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def _attempt(attempt: Attempt, row: dict[str, Any], board: Board) -> None:
    found = definition(row["code"])
    if found is None:
        board.fail(attempt.run, attempt.number, f"本程序里已没有任务“{row['title']}”（{row['code']}）。")
        raise EndedError(row["code"])
    progress = Progress(lambda *state: board.progress(attempt.run, attempt.number, *state))
    arguments = row["arguments"] | ({"progress": progress} if found.takes_progress else {})
    try:
        with acting(**(row["context"] | {"channel": "job"})), translation.override("zh-hans"):
            _work(found, arguments, progress, attempt, board)
    except InputError as error:
        board.fail(attempt.run, attempt.number, str(error))
        raise EndedError(str(error)) from error
    except _SupersededError:
        logger.warning("run %s: attempt %s was superseded", attempt.run, attempt.number)
    except Exception as error:
        _after(error, found, attempt, board)


def _work(
    found: Definition, arguments: dict[str, Any], progress: Progress, attempt: Attempt, board: Board
) -> None:
    if found.atomic:
        with transaction.atomic():
            result = found.work(**arguments)
            progress.flush()
            done = board.finish(attempt.run, attempt.number, result, same_connection)
            if not done:
                raise _SupersededError
    else:
        result = found.work(**arguments)
        progress.flush()
        if not board.finish(attempt.run, attempt.number, result):
            raise _SupersededError


def _after(error: Exception, found: Definition, attempt: Attempt, board: Board) -> None:
    """An error that is nobody's input: try again while attempts are left. The traceback goes to the log alone."""
    logger.error("run %s (%s) attempt %s failed", attempt.run, found.code, attempt.number, exc_info=error)
    if attempt.number >= limits.attempts(found.attempts):
        board.fail(
            attempt.run,
            attempt.number,
            f"试了 {attempt.number} 次都没有成功，原因已记入运行日志；请把任务编号告诉系统管理员，处理后可以重试。",
        )
        raise EndedError(found.code) from error
    at = timezone.now() + limits.pause(attempt.number)
    board.postpone(attempt.run, attempt.number, f"第 {attempt.number} 次没有成功，稍后自动再试。", at)
    raise AgainLaterError(at) from error


def work_off(*, limit: int = 1000) -> int:
    """Work off, in this process and on its one connection, what waits now; how many were taken. For tests and commands.

    A run that is to be tried later goes back into the queue. Inside an open transaction it works as well; progress then
    is seen by that transaction alone.
    """
    board, taken = Board(same_connection), 0
    while taken < limit:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, args->>'run' FROM procrastinate_fetch_job_v2(NULL, NULL)")
            row = cursor.fetchone()
        if row is None or row[0] is None:
            break
        taken += 1
        _take(board, row[0], UUID(row[1]))
    return taken


def _take(board: Board, place: int, run: UUID) -> None:
    end = "succeeded"
    try:
        perform(run, place, board)
    except AgainLaterError as later:
        _one("SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)", place, later.at)
        return
    except EndedError:
        end = "failed"
    _one("SELECT procrastinate_finish_job_v1(%s, %s::procrastinate_job_status, false)", place, end)
