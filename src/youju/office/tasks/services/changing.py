"""Changing what is planned, and handing it to somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import reassign, set_due
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Task
from youju.office.tasks.selectors.lists import one_of
from youju.office.tasks.services.people import acceptor, doer
from youju.office.tasks.services.planning import TaskWish, facts_of_wish, known, told
from youju.office.tasks.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.office.tasks.kinds import FROM_OUTSIDE
from youju.rules.office.tasks.lifecycle import OPEN

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def change_task(
    *, actor: User, task_id: int, wish: TaskWish, revision: int, reason: str = ""
) -> list[Finding]:
    """Change what a task says while it is open. Kind and doer stay: the doer is changed by :func:`hand_over`.

    Args:
        actor: who changes it.
        task_id: of the task.
        wish: all of it anew; ``repeat`` is not looked at.
        revision: the one that the actor saw.
        reason: in words, where the due day is put off.

    Returns:
        What the rules said besides.

    Raises:
        PermissionDenied: the actor plans no tasks.
        InputError: none of the kind (404), it is not open or was changed meanwhile (409), a later day without a reason.
        TaskRefusedError: what the rules found.
    """
    require(actor, permissions.PLAN)
    row = locked(actor, task_id)
    if row.state not in OPEN:
        raise InputError(f"{row.number} 已经提交或结束，不能修改", how="请刷新页面", status=409)
    if row.revision != revision:
        raise InputError(f"{row.number} 刚被改过", how="请刷新页面，看过最新内容再改", status=409)
    wish = replace(wish, kind=row.kind, person=row.person, starts_on=wish.starts_on or row.starts_on)
    known(wish)
    if row.kind in FROM_OUTSIDE and wish.due_on != row.due_on:
        raise InputError("诉求和纠纷的期限由政策规定", where="期限", how="不能修改")
    if wish.due_on > row.due_on and not reason.strip():
        raise InputError("推迟期限须写明理由", where="理由", how="请写一句话")
    findings = []
    if row.kind not in FROM_OUTSIDE:
        findings = checked(facts_of_wish(wish, 1, actor), timezone.localdate())
    accepts = acceptor(wish.acceptor)
    before, had = told(row), row.due_on
    for name in ("title", "details", "project", "section", "acceptor", "due_on", "starts_on"):
        setattr(row, name, getattr(wish, name))
    row.tags = list(dict.fromkeys(tag.strip() for tag in wish.tags))
    row.acceptor_name = accepts.display_name if accepts else ""
    gone, new = changes(before, told(row))
    if not gone and not new:
        return findings
    row.revision += 1
    row.save()
    if row.due_on != had:
        set_due(subject=events.subject_of(row), due=row.due_on)
    record(events.CHANGED, events.subject_of(row), gone, new, reason=reason.strip())
    return findings


@transaction.atomic
def hand_over(*, actor: User, task_id: int, to: str, reason: str) -> Task:
    """Hand an open task to somebody else, or to nobody in particular, with a reason that both will read.

    Raises:
        PermissionDenied: the actor does no tasks.
        InputError: none of the kind (404), it is not open (409), no reason, a person who may not do it.
    """
    require(actor, permissions.DO)
    row = locked(actor, task_id)
    if row.state not in OPEN:
        raise InputError(f"{row.number} 现在不等待办理", how="请刷新页面", status=409)
    person = doer(to)
    if person is not None and person.username == row.acceptor:
        raise InputError(
            f"{person.display_name}是这件任务的验收人", where="转给", how="请另选一位，或先换验收人"
        )
    before = row.person_name or row.person
    reassign(subject=events.subject_of(row), actor=actor, to=person, reason=reason)
    row.person, row.person_name = (person.username, person.display_name) if person else ("", "")
    row.revision += 1
    row.save(update_fields=["person", "person_name", "revision"])
    record(
        events.HANDED,
        events.subject_of(row),
        {"person": before},
        {"person": row.person_name},
        reason=reason.strip(),
    )
    return row


def locked(actor: User, task_id: int) -> Task:
    """A task that the actor may change, under lock: the lock asks row-level security for the right to write.

    Raises:
        InputError: there is none (404).
    """
    seen = one_of(actor, task_id)
    found = Task.objects.select_for_update().filter(pk=seen.pk).first()
    if found is None:
        raise InputError("这件任务不由您办理", how="请从任务列表重新选择", status=404)
    return found
