"""Runs whose worker is gone are taken up again; periods that are due are enqueued. Every worker looks after both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.jobs import calendar, limits, queueing
from youju.foundation.jobs.defining import Definition, definition, definitions
from youju.foundation.jobs.models import Period, Run
from youju.foundation.jobs.running import lock_number

Look = Callable[[], object]
_looks: list[Look] = []

# A worker needs a moment between taking a run from the queue and holding its lock.
_YOUNG = 2.0

# Open runs that no queue will hand out: taken by a worker (which may be dead), or out of the queue altogether.
_SUSPECTS = """
SELECT r.id, r.procrastinate_id, j.status::text
FROM jobs_run r LEFT JOIN procrastinate_jobs j ON j.id = r.procrastinate_id
WHERE r.state IN ('queued', 'running') AND (j.id IS NULL OR j.status <> 'todo')
  AND coalesce((SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id), r.queued_at)
      < clock_timestamp() - make_interval(secs => %s)
"""

# A run that has ended while its worker was killed before it could say so to procrastinate.
_CLOSE = """
SELECT procrastinate_finish_job_v1(j.id, 'succeeded', false)
FROM procrastinate_jobs j JOIN jobs_run r ON r.procrastinate_id = j.id
WHERE j.status = 'doing' AND r.state NOT IN ('queued', 'running')
  AND (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) < clock_timestamp() - make_interval(secs => %s)
  AND r.finished_at < clock_timestamp() - make_interval(secs => %s)
"""


def rescue() -> int:
    """Put runs of dead workers back into the queue, or end them where their attempts are used up; how many.

    A run is worked on as long as its advisory lock is held, on the very connection that does the work: PostgreSQL drops
    it when that connection ends, in whatever way. A long pause of a living worker is therefore never taken for its death.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SUSPECTS, [_YOUNG])
        suspects = cursor.fetchall()
        if not suspects:
            cursor.execute(_CLOSE, [_YOUNG, limits.silent_seconds()])
    return sum(_rescue(run, place, status) for run, place, status in suspects)


@transaction.atomic
def _rescue(number: UUID, place: int | None, status: str | None) -> bool:
    if not _one("SELECT pg_try_advisory_xact_lock(%s)", lock_number(number)):
        return False
    run = Run.objects.select_for_update().filter(pk=number, procrastinate_id=place).first()
    still = _one("SELECT status::text FROM procrastinate_jobs WHERE id = %s FOR UPDATE", place)
    if run is None or run.state not in (Run.State.QUEUED, Run.State.RUNNING) or still != status:
        return False
    found = definition(run.code)
    used_up = found is not None and run.attempts >= limits.attempts(found.attempts)
    if run.state == Run.State.RUNNING and used_up:
        _give_up(run, place, status)
        return True
    if run.state == Run.State.RUNNING:
        run.message = "上次运行被中断，已重新排队"
    run.state = Run.State.QUEUED
    if status == "doing":
        _one(
            "SELECT procrastinate_retry_job_v2(%s, %s, NULL, NULL, NULL)",
            place,
            run.next_at or timezone.now(),
        )
        run.save(update_fields=["state", "message"])
        _wake()
    else:
        queueing.put(run, queue=found.queue if found else "default", at=run.next_at)
    return True


def _give_up(run: Run, place: int | None, status: str | None) -> None:
    run.state, run.finished_at = Run.State.FAILED, timezone.now()
    run.error = f"运行了 {run.attempts} 次都被中断（进程被结束或内存不足），不再自动重试；请告诉系统管理员，处理后可以重试。"
    run.save(update_fields=["state", "finished_at", "error"])
    if status == "doing":
        _one("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", place)


def _wake() -> None:
    """Tell the workers at once: procrastinate notifies them of new jobs, not of those that were put back."""
    _one('SELECT pg_notify(\'procrastinate_any_queue_v1\', \'{"type": "job_inserted", "job_id": 0}\')')


def _one(sql: str, *parameters: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        row = cursor.fetchone()
    return row[0] if row else None


def register_look(look: Look) -> None:
    """Let every worker's watcher call ``look`` every few seconds: for what must not wait for a period of a minute.

    Call it in ``<app>/jobs.py``. It is one cheap query where there is nothing to do, and it may be called by two at once.
    """
    if look not in _looks:
        _looks.append(look)


def look_around() -> None:
    """Call every registered look."""
    for look in _looks:
        look()


def enqueue_due(*, now: datetime | None = None) -> list[str]:
    """Enqueue the periodic jobs whose period has come and that nobody enqueued yet; their codes.

    A job that this database meets for the first time waits for its next period.
    """
    moment = now or timezone.now()
    due = {one.code: calendar.slot_at(one.cron, moment) for one in definitions() if one.cron}
    served = dict(Period.objects.filter(code__in=due).values_list("code", "slot"))
    return [
        code
        for code, slot in due.items()
        if (code not in served or served[code] < slot) and _serve(code, slot, first=code not in served)
    ]


@transaction.atomic
def _serve(code: str, slot: datetime, *, first: bool) -> bool:
    """Enqueue one period; False where another worker was faster, or the job is new."""
    if first:
        Period.objects.get_or_create(code=code, defaults={"slot": slot})
        return False
    found = definition(code)
    period = Period.objects.select_for_update().filter(code=code, slot__lt=slot).first()
    if found is None or period is None:
        return False
    run = _periodic_run(found)
    period.slot, period.run = slot, run
    period.save()
    return True


def _periodic_run(found: Definition) -> UUID:
    """The same key for every period: a run that takes longer than its period is not joined by a second one."""
    from youju.foundation.jobs.services import enqueue
    from youju.foundation.kernel.context import acting

    with acting(
        actor="",
        actor_name="",
        on_behalf_of="",
        organisation="",
        address="",
        request_id="",
        reads="all",
        writes="all",
    ):
        return enqueue(found.work, key="periodic", once=True)
