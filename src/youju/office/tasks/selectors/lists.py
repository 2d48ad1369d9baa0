"""Tasks for lists: everybody inside sees all, an enterprise what it brought. Row-level security is the second wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import permissions
from youju.office.tasks.models import Task
from youju.rules.office.tasks.lifecycle import OPEN, TASK_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = {state.code: state.label for state in TASK_FLOW.states}
_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """What narrows a list; empty: everything. ``only``: ``open``, ``late``, ``mine`` (open, mine to do)."""

    text: str = ""
    kind: str = ""
    state: str = ""
    tag: str = ""
    project: str = ""
    section: str = ""
    person: str = ""
    only: str = ""


def state_label(row: Task) -> str:
    """The state in words."""
    return STATES[row.state]


def visible(actor: User) -> QuerySet[Task]:
    """The tasks that the actor may see."""
    if allowed(actor, permissions.VIEW):
        return Task.objects.all()
    if allowed(actor, permissions.OWN):
        return Task.objects.filter(organisation=actor.organisation_id)
    return Task.objects.none()


def tasks(actor: User, wish: TaskFilter | None = None) -> QuerySet[Task]:
    """The tasks for a list; ``wish`` narrows it."""
    wish, rows = wish or TaskFilter(), visible(actor)
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word) | Q(title__icontains=word) | Q(person_name__icontains=word)
        )
    for name in ("kind", "state", "project", "section", "person"):
        if value := getattr(wish, name):
            rows = rows.filter(**{name: value})
    if wish.tag:
        rows = rows.filter(tags__contains=[wish.tag])
    if wish.only:
        rows = rows.filter(state__in=OPEN)
    if wish.only == "late":
        rows = rows.filter(due_on__lt=timezone.localdate())
    if wish.only == "mine":
        rows = rows.filter(person=actor.username)
    return rows


def own(actor: User) -> QuerySet[Task]:
    """What the actor's organisation brought, newest first."""
    return Task.objects.filter(organisation=actor.organisation_id).select_related("matter").order_by("-pk")


def one_of(actor: User, task_id: int) -> Task:
    """A task that the actor may see.

    Raises:
        InputError: there is none (404).
    """
    found = visible(actor).filter(pk=task_id).first() if task_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这件任务", how="请回到任务列表", status=404)
    return found
