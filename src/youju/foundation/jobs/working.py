"""A worker process: procrastinate's worker for the queue, a watching thread for the rest."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from contextlib import suppress
from typing import Any
from uuid import UUID

from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import DjangoApp
from procrastinate.psycopg_connector import PsycopgConnector

from youju.foundation.jobs import limits, rescuing, running
from youju.foundation.jobs.board import Board, SecondConnection
from youju.foundation.jobs.defining import discover
from youju.foundation.jobs.queueing import TASK
from youju.foundation.jobs.supervising import POOL

logger = logging.getLogger(__name__)

_WATCH_SECONDS = 5.0
_POLL_SECONDS = 5.0
_NICE = 10
"""Steps by which a worker stands behind the pages: somebody waits for these."""

_progress = SecondConnection()
_board = Board(_progress)


class _TryAgain(BaseRetryStrategy):
    """Another try exactly where our own attempt asked for it."""

    def get_retry_decision(self, *, exception: BaseException, job: Any) -> RetryDecision | None:  # noqa: ARG002
        if isinstance(exception, running.AgainLaterError):
            return RetryDecision(retry_at=exception.at)
        return None


def _run(context: JobContext, run: str) -> None:
    """The one task that procrastinate runs."""
    assert context.job.id is not None  # noqa: S101
    running.perform(UUID(run), context.job.id, _board)


def work() -> None:
    """Work until SIGTERM. Then the job in progress gets its time; what it cannot finish goes back into the queue."""
    from django.db import connections

    connections.close_all()
    with suppress(OSError):
        os.nice(_NICE)
    # How a worker's sessions are called in pg_stat_activity.
    os.environ["PGAPPNAME"] = f"youju job {os.getpid()}"
    discover()
    # How a job ended we say ourselves (running.py); what ends the worker procrastinate says.
    logging.getLogger("procrastinate.worker").setLevel(logging.CRITICAL)
    logging.getLogger("procrastinate.worker.worker").setLevel(logging.ERROR)
    watching = threading.Event()
    threading.Thread(target=_watch, args=[watching], name="job watcher", daemon=True).start()
    try:
        asyncio.run(_listen())
    finally:
        watching.set()
        _progress.close()
        connections.close_all()


async def _listen() -> None:
    from procrastinate.contrib.django.utils import connector_params

    pool: dict[str, Any] = {"min_size": 1, "max_size": POOL, "kwargs": connector_params()}
    app = DjangoApp(connector=PsycopgConnector(**pool))
    app.task(name=TASK, pass_context=True, retry=_TryAgain())(_run)
    async with app.open_async():
        loop, me = asyncio.get_running_loop(), asyncio.current_task()
        assert me is not None  # noqa: S101

        def stop() -> None:
            threading.Thread(target=_deadline, name="job deadline", daemon=True).start()
            me.cancel()

        loop.add_signal_handler(signal.SIGTERM, stop)
        with suppress(asyncio.CancelledError):
            await app.run_worker_async(
                concurrency=1,
                install_signal_handlers=False,
                fetch_job_polling_interval=_POLL_SECONDS,
                stalled_worker_timeout=limits.silent_seconds(),
            )


def _deadline() -> None:
    """Give the job in progress its time; then put it back and leave, whatever it is doing.

    Its transaction ends with this process, so nothing of it remains.
    """
    threading.Event().wait(limits.stop_seconds())
    attempt = running.busy
    if attempt is not None:
        with suppress(Exception):
            Board(SecondConnection()).give_back(attempt.run, attempt.number)
        logger.warning("run %s was given back: the worker was told to stop", attempt.run)
    os._exit(0)


def _watch(stopped: threading.Event) -> None:
    """Look after runs of dead workers and after periods, on a connection of this thread."""
    from django.db import close_old_connections, connection

    while True:
        try:
            close_old_connections()
            rescuing.rescue()
            rescuing.enqueue_due()
            rescuing.look_around()
        except Exception:
            logger.exception("the job watcher failed; it goes on")
            connection.close()
        if stopped.wait(_WATCH_SECONDS):
            connection.close()
            return
