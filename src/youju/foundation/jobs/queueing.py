"""Our runs in procrastinate's queue: put in, taken back, on Django's connection and so in the caller's transaction."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import connection
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from youju.foundation.jobs.models import Run

# The one task that procrastinate knows. Which job it is stands in our row: a job that a newer program no longer has ends
# with a sentence on the run's page, not with an unknown task in a log.
TASK = "youju.run"


# An app of our own, always on Django's connection: procrastinate's global one changes its connection inside a worker, and
# what a job enqueues there would be committed before the job itself.
_queue = App(connector=DjangoConnector())


def lock_of(code: str, key: str) -> str | None:
    """Procrastinate's lock for a job's key; nothing without a key."""
    return f"{code}#{key}" if key else None


def put(run: Run, *, queue: str, at: datetime | None = None) -> None:
    """Save the run with a fresh place in the queue, not to start before ``at``."""
    task = _queue.configure_task(
        TASK, queue=queue, lock=lock_of(run.code, run.key), schedule_at=at, allow_unknown=True
    )
    run.procrastinate_id = task.defer(run=str(run.id))
    run.save()


def put_once(run: Run, *, queue: str) -> uuid.UUID:
    """``put``, unless a run of the same code and key waits already; the id of the run that will do the work.

    The one that waits cannot start before the caller's transaction ends, so it sees what the caller wrote. (Procrastinate's
    own queueing lock is not used: it would refuse to take a run back for another try while a newer one waits.)
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"jobs:{lock_of(run.code, run.key)}"]
        )
    waiting = (
        Run.objects.select_for_update()
        .filter(state=Run.State.QUEUED, code=run.code, key=run.key)
        .order_by("queued_at")
        .first()
    )
    if waiting is not None:
        return waiting.id
    put(run, queue=queue)
    return run.id


def take_back(run: Run) -> bool:
    """Take a waiting run out of the queue; False when a worker has it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT procrastinate_cancel_job_v1(%s, false, false)", [run.procrastinate_id])
        row = cursor.fetchone()
    return bool(row and row[0] is not None)
