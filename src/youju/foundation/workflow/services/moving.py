"""Moving records on. Each is keyword-only, one transaction, checked, logged and audited."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission, permissions_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import events, flows
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors import CaseView, choose_hat, view
from youju.foundation.workflow.services.naming import named
from youju.foundation.workflow.standing_in import Hat, hats
from youju.rules.law import whole
from youju.rules.workflow import DueDay, Flow, State, Transition, add_working_days, working_days_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def start(
    *, flow: Flow, subject: Subject, actor: User, organisation: str = "", due: date | None = None
) -> CaseView:
    """Put a record at the beginning of a flow, under the table in force today. Who may do so is the caller's business.

    Raises:
        InputError: the record is in a flow already (409).
    """
    now = timezone.now()
    table = flows.flow_on(flow.code, timezone.localdate())
    state = table.state(table.initial)
    limit = _limit(state, due)
    row, new = Case.objects.get_or_create(
        subject_kind=subject.kind,
        subject_key=subject.key,
        defaults={
            "label": subject.label,
            "flow": table.code,
            "flow_since": table.since,
            "state": state.code,
            "waiting_for": state.permission,
            "organisation": organisation,
            "started_by": actor.username,
            "entered_at": now,
            "due_on": limit.day if limit else None,
            "due_provisional": bool(limit and limit.provisional),
        },
    )
    if not new:
        raise InputError(f"“{row.label}”已经在办理中", how="请刷新页面", status=409)
    _log(row, actor, Hat(frozenset()), "start", "", state, "", now)
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
) -> CaseView:
    """Take one step with a record, as oneself or for somebody who is away.

    Args:
        flow: names the flow; the case goes on under the version that it was started with.
        due: a day in place of the one by policy, for the state that is entered.
        expected: the state that the user saw; another one now is refused.

    Raises:
        InputError: the step does not lead on from here (409, who moved it and when), or a reason is missing.
        PermissionDenied: no permission, also not by standing in; or two-person control bars the actor.
    """
    row = _locked(flow, subject)
    table = flows.flow_of(row.flow, row.flow_since)
    step = _step_from(table, row, transition, expected)
    steps = list(row.steps.all())
    hat, why = choose_hat(hats(actor), step, row, steps, actor)
    if hat is None:
        label = Permission(step.permission).label
        raise PermissionDenied(
            f"{why}。" if why else f"您的账号没有“{label}”的权限，如工作需要请联系系统管理员。"
        )
    reason = reason.strip()
    if step.reason_required and not reason:
        raise InputError(f"{step.label}须写明理由", where="理由", how="请写一句话，对方会看到", status=422)
    before, state = table.state(row.state), table.state(step.target)
    limit, now = _limit(state, due), timezone.now()
    if step.returns:
        row.round += 1
    _log(row, actor, hat, step.code, before.code, state, reason, now)
    row.label = subject.label or row.label
    row.state, row.entered_at, row.waiting_for, row.assigned_to = state.code, now, state.permission, ""
    row.due_on, row.due_provisional = (limit.day, limit.provisional) if limit else (None, False)
    row.finished_at = now if state.final else None
    row.save()
    with named(actor, hat.on_behalf_of):
        record(
            flows.verb_of(table, step),
            Subject(subject.kind, subject.key, row.label),
            {"state": before.label},
            {"state": state.label, "due_on": row.due_on},
            reason=reason,
        )
    return view(row)


@transaction.atomic
def reassign(*, subject: Subject, actor: User, to: User | None, reason: str) -> CaseView:
    """Hand a waiting record to one colleague (转办), or back to everybody who holds the permission (``None``).

    Raises:
        InputError: it waits for nobody, no reason is given, or the colleague does not hold the permission.
        PermissionDenied: the actor could not do it either.
    """
    row = _locked(None, subject)
    if row.finished_at or not row.waiting_for:
        raise InputError(f"“{row.label}”现在不等待办理", how="请刷新页面", status=409)
    permission = Permission(row.waiting_for)
    if not any(permission in hat.permissions for hat in hats(actor)):
        raise PermissionDenied(f"您的账号没有“{permission.label}”的权限，不能转办。")
    if not reason.strip():
        raise InputError("转办须写明理由", where="理由", how="请写一句话", status=422)
    if to is not None and permission not in permissions_of(to):
        raise InputError(
            f"{to.display_name}没有“{permission.label}”的权限", where="转给", how="请另选一位", status=422
        )
    before, row.assigned_to = row.assigned_to, to.username if to else ""
    row.save(update_fields=["assigned_to"])
    with named(actor):
        record(
            events.REASSIGNED, Subject(subject.kind, subject.key, row.label), {"assigned_to": before},
            {"assigned_to": row.assigned_to}, reason=reason.strip(),
        )  # fmt: skip
    return view(row)


def _locked(flow: Flow | None, subject: Subject) -> Case:
    row = Case.objects.select_for_update().filter(subject_kind=subject.kind, subject_key=subject.key).first()
    if row is None or (flow is not None and row.flow != flow.code):
        raise InputError(f"“{subject.label or subject.key}”不在办理中", how="请刷新页面", status=404)
    return row


def _step_from(table: Flow, row: Case, code: str, expected: str) -> Transition:
    try:
        step = table.transition(code)
    except KeyError as error:
        raise InputError(f"没有“{code}”这个步骤", how="请刷新页面后重试", status=422) from error
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


def _limit(state: State, due: date | None) -> DueDay | None:
    if state.final or not state.permission:
        return None
    if due is not None:
        return DueDay(due, provisional=False)
    if not state.deadline:
        return None
    today = timezone.localdate()
    return add_working_days(today, whole(law_on(today), state.deadline), fixed_holidays())


def _log(  # noqa: PLR0917 - one line of the log
    row: Case, actor: User, hat: Hat, code: str, before: str, state: State, reason: str, now: datetime
) -> None:
    last = row.steps.order_by("-number").first()
    today = timezone.localdate(now)
    Step.objects.create(
        case=row,
        number=last.number + 1 if last else 1,
        round=row.round,
        transition=code,
        from_state=before,
        to_state=state.code,
        by=actor.username,
        by_name=actor.display_name,
        on_behalf_of=hat.on_behalf_of,
        at=now,
        reason=reason,
        due_on=row.due_on if before else None,
        working_days=working_days_between(timezone.localdate(row.entered_at), today, fixed_holidays())
        if before
        else 0,
        within_limit=None if not before or row.due_on is None else today <= row.due_on,
    )
