"""Steps of an event: published, begun, reported, accepted, sent back, taken back, cancelled."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.office.events import events, permissions
from youju.office.events.facts import event_facts
from youju.office.events.models import Event
from youju.office.events.services.planning import Planned, locked
from youju.office.events.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.law import names, whole
from youju.rules.office.events.kinds import WITH_SIGNUPS
from youju.rules.office.events.lifecycle import ACCEPTED, CANCELLED, EVENT_FLOW, REPORTED, UNDER_WAY
from youju.rules.workflow import add_working_days

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def take_step(
    *, actor: User, event_id: int, step: str, reason: str = "", expected: str = "", note: str = ""
) -> Planned:
    """Take one step with an event, as oneself or for somebody who is away.

    Args:
        actor: who takes it.
        event_id: of the event.
        step: ``publish``, ``begin``, ``report``, ``accept``, ``return``, ``withdraw`` or ``cancel``.
        reason: where the step needs one.
        expected: the state that the actor saw; another one now is refused.
        note: for ``report``: the result in words.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason or the result is missing.
        EventRefusedError: the rules stop it.
    """
    if step not in {each.code for each in EVENT_FLOW.transitions}:
        raise InputError("没有这个步骤", how="请刷新页面后重试")
    # Who stands in for somebody holds less alone: the workflow decides that.
    require(actor, permissions.VIEW)
    row = locked(actor, event_id)
    if step == "publish" and row.kind not in WITH_SIGNUPS:
        raise InputError("这一类活动不对企业发布", where=row.number, how="请点“开始”")
    found = _judged(row, step, note, actor)
    today, due = timezone.localdate(), None
    if EVENT_FLOW.transition(step).target == UNDER_WAY:
        due = report_due(row)
    case = advance(
        flow=EVENT_FLOW,
        subject=events.subject_of(row),
        transition=step,
        actor=actor,
        reason=reason,
        due=due if due and due >= today else None,
        expected=expected,
    )
    row.state = case.state
    if step == "publish":
        row.announced_on = today
    if row.state == REPORTED:
        row.reported_on, row.reported_by = today, actor.username
    elif row.state == ACCEPTED:
        row.accepted_on, row.accepted_by = today, actor.username
    elif row.state == CANCELLED:
        row.cancelled_on = today
    else:
        row.reported_on, row.reported_by = None, ""
    row.save()
    return Planned(row, found)


def report_due(row: Event) -> date:
    """The day by which the result is to be reported."""
    law = law_on(timezone.localdate())
    fixed = frozenset(names(law, "foundation.workflow.fixed_holidays"))
    return add_working_days(row.ends_on, whole(law, "office.events.report_days"), fixed).day


def _judged(row: Event, step: str, note: str, actor: User) -> list[Finding]:
    today = timezone.localdate()
    if step == "report":
        words = note.replace("\0", "").strip()[:2000]
        if not words:
            raise InputError("没有写结果", where="结果", how="请写几句：多少家参加、成效如何")
        row.report_note = words
        return checked(event_facts(row, "report", today, actor=actor.username))
    if step == "accept":
        return checked(event_facts(row, "accept", today, actor=actor.username))
    return []
