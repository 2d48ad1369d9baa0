"""Disbursement batches: opened, delivered, accepted by somebody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.files.services import attach
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.services import advance, start
from youju.funds.projects import permissions
from youju.funds.projects.models import Batch
from youju.funds.projects.services.locking import hands_of, held_project, next_number, refuse_unless_active
from youju.rules.funds.projects.lifecycle import BATCH_FLOW, BATCH_KIND, CLOSED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Hold = Callable[[int], str]
_holds: list[Hold] = []


def register_batch_hold(hold: Hold) -> None:
    """Let a room above object to a batch's delivery, acceptance or end: ``hold(batch id)`` says why, or an empty text."""
    if hold not in _holds:
        _holds.append(hold)


@transaction.atomic
def open_batch(*, actor: User, project_id: int, title: str, due_on: date | None = None) -> Batch:
    """Open a batch of a project.

    Raises:
        PermissionDenied: the actor may not edit projects.
        InputError: no such project (404), closed (409), no title (422).
    """
    require(actor, permissions.EDIT)
    project = held_project(project_id)
    refuse_unless_active(project)
    title = title.replace("\0", "").strip()
    if not title:
        raise InputError("批次要有名称", where="名称", how="例如：第一批补贴资金")
    now = timezone.localtime()
    row = Batch.objects.create(
        project=project,
        number=next_number("projects_batch_number", "PC", f"{now:%y%m%d}"),
        title=title[:100],
        due_on=due_on,
    )
    start(flow=BATCH_FLOW, subject=batch_subject(row), actor=actor)
    return _stepped(row, "open", actor=actor, reason="", expected="")


@transaction.atomic
def step_batch(
    *,
    actor: User,
    number: str,
    step: str,
    reason: str = "",
    expected: str = "",
    evidence: Sequence[tuple[str, str]] = (),
) -> Batch:
    """Deliver, accept, send back or drop a batch.

    Raises:
        PermissionDenied: no permission, or the actor opened or delivered it (accept).
        InputError: none of the number or no such step (404); in another state, or payments are on their way (409).
    """
    require(actor, permissions.VIEW)
    found = Batch.objects.filter(number=number.replace("\0", "")).first()
    if found is None or step not in {each.code for each in BATCH_FLOW.transitions} - {"open"}:
        raise InputError("没有这个支出批次或这个步骤", how="请回到项目页面", status=404)
    held_project(found.project_id)
    row = Batch.objects.select_for_update().get(pk=found.pk)
    if step in {"deliver", "accept", "drop"} and (why := next((w for h in _holds if (w := h(row.pk))), "")):
        raise InputError(why, where=row.number, how="请等付款办结，或先取消", status=409)
    made = _stepped(row, step, actor=actor, reason=reason, expected=expected)
    for sha256, name in evidence:
        attach(sha256=sha256, subject=batch_subject(row), name=name, role="acceptance")
    return made


def batch_subject(row: Batch) -> Subject:
    """How a batch is named on the trail."""
    return Subject(BATCH_KIND, row.number, f"{row.number} {row.title}")


def _stepped(row: Batch, step: str, *, actor: User, reason: str, expected: str) -> Batch:
    subject = batch_subject(row)
    view = advance(
        flow=BATCH_FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected
    )
    hands = hands_of(subject, actor)
    row.state = view.state
    if step in {"open", "deliver"}:
        row.opened_by = sorted({*row.opened_by, *hands})
    elif view.state == CLOSED:
        row.accepted_by, row.closed_on, row.note = hands, timezone.localdate(), reason.strip()[:400]
    row.save()
    return row
