"""Moving records on: start, and every step after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import events, flows
from youju.foundation.workflow.models import Case
from youju.foundation.workflow.selectors.choosing import choose_hat
from youju.foundation.workflow.selectors.views import CaseView, view
from youju.foundation.workflow.services.keeping import (
    bound_to,
    enter,
    limit_of,
    locked,
    table_of,
    worded,
    write_step,
)
from youju.foundation.workflow.services.naming import named
from youju.foundation.workflow.standing_in import Hat, hats
from youju.rules.workflow import Flow, Transition

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def start(
    *,
    flow: Flow,
    subject: Subject,
    actor: User,
    organisation: str = "",
    due: date | None = None,
    assigned: User | None = None,
) -> CaseView:
    """Put a record at the beginning of a flow, under the table in force today. Who may do so is the caller's business.

    Args:
        flow: names the flow.
        subject: the record.
        actor: who begins.
        organisation: code of the organisation to which the record belongs.
        due: a day in place of the one by policy, for the first state.
        assigned: who alone of those that hold the first state's permission is to act; nobody: all of them.

    Raises:
        InputError: the record is in a flow already (409), or ``due`` is past (422).
    """
    now = timezone.now()
    table = flows.flow_on(flow.code, timezone.localdate())
    state = table.state(table.initial)
    limit = limit_of(state, due)
    to, to_name = bound_to(assigned if state.permission else None)
    row, new = Case.objects.get_or_create(
        subject_kind=subject.kind,
        subject_key=subject.key,
        defaults={
            "label": subject.label,
            "flow": table.code,
            "flow_since": table.since,
            "state": state.code,
            "waiting_for": state.permission,
            "assigned_to": to,
            "assigned_name": to_name,
            "organisation": organisation,
            "started_by": actor.username,
            "started_name": actor.display_name,
            "entered_at": now,
            "due_on": limit.day if limit else None,
            "due_provisional": bool(limit and limit.provisional),
        },
    )
    if not new:
        raise InputError(f"“{row.label}”已经在办理中", how="请刷新页面", status=409)
    write_step(row, Hat.of(actor), actor, "start", "", state, "", now)
    with named(actor):
        record(
            events.STARTED, subject, None, {"flow": table.title, "state": state.label, "due_on": row.due_on}
        )
    return view(row)


@transaction.atomic
def advance(
    *,
    flow: Flow,
    subject: Subject,
    transition: str,
    actor: User,
    reason: str = "",
    due: date | None = None,
    expected: str = "",
    waits_at: Sequence[str] | None = None,
    assigned: User | None = None,
) -> CaseView:
    """Take one step with a record, as oneself or for somebody who is away.

    Args:
        flow: names the flow; the case goes on under the version that it was started with.
        subject: the record; its label becomes the case's.
        transition: the step's code.
        actor: who takes it.
        reason: in words, where the step needs one.
        due: a day in place of the one by policy, for the state that is entered; a past one only where the record has it already.
        expected: the state that the user saw; another one now is refused.
        waits_at: codes of the organisations whose people the record waits for in the new state; none of them: nobody;
            left out: whoever holds the state's permission.
        assigned: who alone of them is to act in the new state; nobody: all of them.

    Raises:
        InputError: the step does not lead on from here (409, who moved it and when); a reason is missing or too long.
        PermissionDenied: no permission, also not by standing in; or two-person control bars the actor.
    """
    row = locked(subject, flow)
    table = table_of(row)
    step = step_from(table, row, transition, expected)
    hat, why = choose_hat(hats(actor), table, step, row, list(row.steps.all()), actor)
    if step.automatic:
        raise PermissionDenied(f"“{step.label}”到期由系统办理。")
    if hat is None:
        label = Permission(step.permission).label
        raise PermissionDenied(
            f"{why}。" if why else f"您的账号没有“{label}”的权限，如工作需要请联系系统管理员。"
        )
    reason = worded(reason)
    if step.reason_required and not reason:
        raise InputError(f"{step.label}须写明理由", where="理由", how="请写一句话，对方会看到", status=422)
    before, state = table.state(row.state), table.state(step.target)
    limit, now = limit_of(state, due, standing=row.due_on), timezone.now()
    if step.returns:
        row.round += 1
    write_step(row, hat, actor, step.code, before.code, state, reason, now)
    row.label = subject.label or row.label
    enter(row, state, limit, now, waits_at, assigned)
    with named(actor, hat.on_behalf_of):
        record(
            flows.verb_of(table, step),
            Subject(subject.kind, subject.key, row.label),
            {"state": before.label},
            {"state": state.label, "due_on": row.due_on},
            reason=reason,
        )
    return view(row)


def step_from(table: Flow, row: Case, code: str, expected: str) -> Transition:
    """The step of a code, where it leads on from the state of the case.

    Raises:
        InputError: no such step (422), or it does not lead on from here, or not from where the user saw it (409).
    """
    try:
        step = table.transition(code)
    except KeyError as error:
        raise InputError(f"没有“{code[:40]}”这个步骤", how="请刷新页面后重试", status=422) from error
    if row.state not in step.sources or (expected and expected != row.state):
        last = row.steps.order_by("-number").first()
        told = ""
        if last:
            told = f"（{last.by_name or last.by}于 {timezone.localtime(last.at):%Y-%m-%d %H:%M} 办理）"
        raise InputError(
            f"“{row.label}”现在的状态是“{table.state(row.state).label}”{told}，不能{step.label}",
            how="请刷新页面，看过最新情况再办理",
            status=409,
        )
    return step
