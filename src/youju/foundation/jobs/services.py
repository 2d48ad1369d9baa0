"""Ask for work, take it back, try it again: keyword-only, in the caller's transaction."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.jobs import events, limits, queueing
from youju.foundation.jobs.defining import Work, definition
from youju.foundation.jobs.models import Run
from youju.foundation.jobs.permissions import MANAGE, require
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject

State = Run.State


@transaction.atomic
def enqueue(
    work: Work,
    *,
    subject: Subject | None = None,
    title: str = "",
    key: str = "",
    once: bool = False,
    **arguments: Any,
) -> uuid.UUID:
    """Ask for a job; it starts after the caller's transaction has committed, and never if that rolls back.

    Args:
        work: a function declared with ``@job``.
        subject: what it is about; its page shows the run.
        title: what people read in place of the job's own title.
        key: two runs of the same key never run at the same time; they run in the order they were asked for.
        once: with ``key``: where such a run is waiting still, nothing is added and its id is returned.
        arguments: the job's own arguments; JSON must hold them.

    Returns:
        The run's id.

    Raises:
        TypeError: no job, or arguments that do not fit it (a fault of the program).
    """
    found = definition(work)
    if found is None:
        raise TypeError(f"{getattr(work, '__qualname__', work)} is not declared with @job")
    found.check(arguments)
    plain = json.loads(json.dumps(arguments, cls=DjangoJSONEncoder))
    context = current()
    run = Run(
        code=found.code,
        title=title or found.title,
        key=key,
        subject_kind=subject.kind if subject else "",
        subject_key=subject.key if subject else "",
        subject_label=subject.label if subject else "",
        arguments=plain,
        requested_by=context.actor,
        request_id=context.request_id,
        context={name: value for name, value in asdict(context).items() if name != "channel"},
    )
    if once and key:
        return queueing.put_once(run, queue=found.queue)
    queueing.put(run, queue=found.queue)
    return run.id


@transaction.atomic
def cancel_run(*, actor: Any, run_id: uuid.UUID, reason: str = "") -> Run:
    """Take back a run that has not started.

    Raises:
        PermissionDenied: the actor may not manage jobs.
        InputError: there is no such run (404), or it has started or ended (409).
    """
    require(actor, MANAGE)
    run = _locked(run_id)
    if run.state != State.QUEUED or not queueing.take_back(run):
        raise InputError(
            f"任务“{run.title}”{_where(run)}，不能取消", how="只有还在排队的任务可以取消", status=409
        )
    run.state, run.finished_at, run.next_at = State.CANCELLED, timezone.now(), None
    run.save(update_fields=["state", "finished_at", "next_at"])
    _audit(run, cancelled=True, before=State.QUEUED, reason=reason)
    return run


@transaction.atomic
def retry_run(*, actor: Any, run_id: uuid.UUID, reason: str = "") -> Run:
    """Put a failed or cancelled run into the queue again, with all its attempts before it.

    Raises:
        PermissionDenied: the actor may not manage jobs.
        InputError: there is no such run (404); it is open or done, or this program no longer has the job (409).
    """
    require(actor, MANAGE)
    run = _locked(run_id)
    if run.state not in (State.FAILED, State.CANCELLED):
        raise InputError(
            f"任务“{run.title}”{_where(run)}，不能重试", how="只有失败或已取消的任务可以重试", status=409
        )
    found = definition(run.code)
    if found is None:
        raise InputError(
            f"本程序里已没有任务“{run.title}”（{run.code}），不能重试", how="请重新发起这项工作", status=409
        )
    before = run.state
    run.state, run.finished_at, run.error, run.message, run.attempts = State.QUEUED, None, "", "", 0
    run.done, run.total, run.next_at, run.queued_at = 0, None, None, timezone.now()
    queueing.put(run, queue=found.queue)
    _audit(run, cancelled=False, before=before, reason=reason)
    return run


@transaction.atomic
def clear_old() -> int:
    """Delete ended runs past the time that the policy keeps them, with procrastinate's rows; how many runs.

    The audit trail keeps what people did with them; it is not touched. Called by a periodic job, not by people.
    """
    now = timezone.now()
    old = Q(finished_at__lt=now - limits.keep_failed()) | Q(
        ~Q(state=State.FAILED), finished_at__lt=now - limits.keep_done()
    )
    cleared, _ = Run.objects.filter(old).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            """DELETE FROM procrastinate_jobs j WHERE j.status NOT IN ('todo', 'doing')
               AND NOT EXISTS (SELECT 1 FROM jobs_run r WHERE r.procrastinate_id = j.id)"""
        )
    return cleared


def _locked(run_id: uuid.UUID) -> Run:
    run = Run.objects.select_for_update().filter(pk=run_id).first()
    if run is None:
        raise InputError("没有这个任务", how="它可能已按保留期限清理，请回到任务列表", status=404)
    return run


def _where(run: Run) -> str:
    return {"queued": "还在排队", "running": "已经开始", "done": "已经完成"}.get(
        run.state, "已经结束" if run.finished_at else "已经开始"
    )


def _audit(run: Run, *, cancelled: bool, before: str, reason: str) -> None:

    record(
        events.CANCELLED if cancelled else events.RETRIED,
        Subject(events.KIND, str(run.id), run.title),
        before={"state": str(before)},
        after={"state": str(run.state)},
        reason=reason,
    )
