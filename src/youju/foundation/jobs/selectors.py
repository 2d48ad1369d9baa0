"""Reads of jobs: one run, the list of runs, the periodic ones, how the queue and the workers are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.jobs import calendar, limits
from youju.foundation.jobs.defining import definitions
from youju.foundation.jobs.models import OPEN, Period, Run
from youju.foundation.kernel.subjects import Subject

STATES: list[tuple[str, str]] = [(state.value, str(state.label)) for state in Run.State]


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as other rooms see it. ``state``: queued, running, done, failed or cancelled; times are aware."""

    id: uuid.UUID
    code: str
    title: str
    state: str
    state_label: str
    done: int
    total: int | None
    message: str
    attempts: int
    arguments: dict[str, Any]
    result: Any
    error: str
    subject: Subject | None
    requested_by: str
    request_id: str
    queued_at: datetime
    next_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    heartbeat_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state not in OPEN

    @property
    def percent(self) -> int | None:
        """How far, 0 to 100; ``None`` while the whole is not known."""
        if self.state == Run.State.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else None


@dataclass(frozen=True, slots=True)
class PeriodicView:
    """A periodic job: when it runs, how its latest run ended, when the next is due."""

    code: str
    title: str
    cron: str
    words: str
    last: RunView | None
    next_at: datetime


@dataclass(frozen=True, slots=True)
class QueueView:
    """How the queue is now. ``lag``: how long the oldest run that could start has waited; zero for none."""

    queued: int
    running: int
    failed_today: int
    lag: timedelta
    workers: int


def run(run_id: uuid.UUID | str) -> RunView | None:
    """One run; ``None`` where there is none (it may have been cleared after its time)."""
    try:
        number = run_id if isinstance(run_id, uuid.UUID) else uuid.UUID(run_id)
    except ValueError:
        return None
    found = Run.objects.filter(pk=number).first()
    return _view(found) if found else None


def runs(
    *,
    text: str = "",
    state: str = "",
    code: str = "",
    subject: Subject | None = None,
    requested_by: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Run]:
    """Runs for a list, the newest first; a row has the fields of ``RunView`` but ``percent`` and ``ended``.

    Args:
        text: part of the title, the subject's label or the request id.
        state: one of ``STATES``.
        code: a job's code.
        subject: only runs about it.
        requested_by: a username.
        since: asked for at or after.
        until: asked for before.
    """
    found = Run.objects.order_by("-queued_at", "id")
    if text:
        found = found.filter(Q(title__icontains=text) | Q(subject_label__icontains=text) | Q(request_id=text))
    if subject:
        found = found.filter(subject_kind=subject.kind, subject_key=subject.key)
    if since:
        found = found.filter(queued_at__gte=since)
    if until:
        found = found.filter(queued_at__lt=until)
    exact = {"state": state, "code": code, "requested_by": requested_by}
    return found.filter(**{name: value for name, value in exact.items() if value})


def codes() -> list[tuple[str, str]]:
    """Every job of this program, for a filter: (code, title)."""
    return [(found.code, found.title) for found in definitions()]


def periodic_tasks() -> list[PeriodicView]:
    """The periodic jobs with their latest run and their next due time; two queries."""
    found = [one for one in definitions() if one.cron]
    latest = dict(Period.objects.filter(code__in=[one.code for one in found]).values_list("code", "run"))
    rows = {row.code: _view(row) for row in Run.objects.filter(pk__in=[pk for pk in latest.values() if pk])}
    now = timezone.now()
    return [
        PeriodicView(
            code=one.code,
            title=one.title,
            cron=one.cron,
            words=calendar.in_words(one.cron),
            last=rows.get(one.code),
            next_at=calendar.next_slot(one.cron, now),
        )
        for one in found
    ]


def queue() -> QueueView:
    """The queue and its workers, in one query."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FILTER (WHERE state = 'queued'),
                      count(*) FILTER (WHERE state = 'running'),
                      (SELECT count(*) FROM jobs_run WHERE state = 'failed' AND finished_at >= %s),
                      min(coalesce(next_at, queued_at)) FILTER (WHERE state = 'queued'),
                      (SELECT count(*) FROM procrastinate_workers
                       WHERE last_heartbeat > now() - make_interval(secs => %s))
               FROM jobs_run WHERE state IN ('queued', 'running')""",
            [midnight, limits.silent_seconds()],
        )
        queued, running, failed, oldest, workers = cursor.fetchone()
    lag = max(timedelta(0), now - oldest) if oldest else timedelta(0)
    return QueueView(queued, running, failed, lag, workers)


def _view(row: Run) -> RunView:
    copied = {name: getattr(row, name) for name in RunView.__dataclass_fields__}
    return RunView(**copied)
