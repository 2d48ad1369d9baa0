"""Steps of a task: begun, submitted, accepted, sent back, taken back, cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.files.selectors import attachments
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Matter, Task
from youju.office.tasks.services.changing import locked
from youju.office.tasks.services.refusing import checked
from youju.rules.office.tasks.facts import Moment, TaskFacts
from youju.rules.office.tasks.kinds import FROM_OUTSIDE, OUTCOMES
from youju.rules.office.tasks.lifecycle import CANCELLED, DONE, TASK_FLOW, UNDER_WAY

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said as a task is submitted: how it went; for requests and disputes whether it was solved, and the answer."""

    note: str = ""
    outcome: str = ""
    result: str = ""


@transaction.atomic
def take_step(
    *,
    actor: User,
    task_id: int,
    step: str,
    reason: str = "",
    expected: str = "",
    ending: Ending | None = None,
) -> Task:
    """Take one step with a task, as oneself or for somebody who is away.

    Args:
        actor: who takes it.
        task_id: of the task.
        step: ``begin``, ``finish``, ``accept``, ``return``, ``withdraw`` or ``cancel``.
        reason: where the step needs one.
        expected: the state that the actor saw; another one now is refused.
        ending: for ``finish``.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
        TaskRefusedError: the rules stop it.
    """
    _require(actor, step)
    row = locked(actor, task_id)
    today = timezone.localdate()
    if step == "finish":
        _finish(row, actor, ending or Ending())
    elif step == "accept":
        checked(_facts(row, actor, "accept", None), today)
    subject = events.subject_of(row)
    target = TASK_FLOW.transition(step).target
    waits_for, due = None, None
    if target == UNDER_WAY:
        waits_for = user_named(row.person) if row.person else None
        due = row.due_on if step == "begin" or row.due_on >= today else None
    elif target == DONE:
        waits_for = user_named(row.acceptor) if row.acceptor else None
    case = advance(
        flow=TASK_FLOW,
        subject=subject,
        transition=step,
        actor=actor,
        reason=reason,
        due=due,
        expected=expected,
        assigned=waits_for,
    )
    row.state = case.state
    if step == "finish":
        row.done_on, row.done_by = today, actor.username
    elif step == "accept":
        row.accepted_on, row.accepted_by = today, actor.username
    elif row.state == UNDER_WAY:
        row.done_on, row.done_by = None, ""
    elif row.state == CANCELLED:
        row.cancelled_on = today
    row.save()
    return row


def _require(actor: User, step: str) -> None:
    known = {each.code: each for each in TASK_FLOW.transitions}
    if step not in known:
        raise InputError("没有这个步骤", how="请刷新页面后重试")
    # Who stands in for somebody holds less alone: the workflow decides that. Here whoever has no business at all is shut out.
    require(actor, permissions.VIEW)
    Permission(known[step].permission)


def _finish(row: Task, actor: User, ending: Ending) -> None:
    matter = Matter.objects.select_for_update().filter(pk=row.pk).first()
    row.done_note = ending.note.replace("\0", "").strip()[:1000]
    if matter is not None and row.kind in FROM_OUTSIDE:
        if ending.outcome and ending.outcome not in OUTCOMES:
            raise InputError("没有这个选项", where="是否解决", how="请从列表里选择")
        matter.outcome, matter.result = ending.outcome, ending.result.replace("\0", "").strip()[:1000]
        matter.save(update_fields=["outcome", "result"])
    checked(_facts(row, actor, "finish", matter), timezone.localdate())


def _facts(row: Task, actor: User, moment: Moment, matter: Matter | None) -> TaskFacts:
    finishing = moment == "finish"
    return TaskFacts(
        moment=moment,
        day=timezone.localdate(),
        kind=row.kind,
        title=row.title,
        starts_on=row.starts_on,
        due_on=row.due_on,
        person=row.person,
        acceptor=row.acceptor,
        actor=actor.username,
        finished_by=row.done_by,
        state=row.state,
        evidence=len(attachments(events.subject_of(row), "evidence")) if finishing else 0,
        mediations=row.mediations.count() if finishing else 0,
        outcome=matter.outcome if matter else "",
        result=matter.result if matter else "",
        applicant=matter.applicant if matter else "",
        other_side=matter.other_side if matter else "",
    )
