"""What happens to a case without a step of somebody's: whom it waits for changes, or its term runs out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import events, flows
from youju.foundation.workflow.models import Case
from youju.foundation.workflow.selectors.views import CaseView, view
from youju.foundation.workflow.services.keeping import enter, limit_of, locked, table_of, write_step
from youju.rules.workflow import Flow, Transition


@transaction.atomic
def call_on(
    *, flow: Flow, subject: Subject, organisations: Sequence[str], due: date | None = None
) -> CaseView:
    """Let a record wait for the people of some organisations from now on, in the state in which it stands.

    The calling service writes down why; this is no step and no deed of its own.

    Args:
        flow: names the flow.
        subject: the record; its label becomes the case's.
        organisations: their codes; none: it waits for nobody.
        due: by when, in place of the day that the case has.

    Raises:
        InputError: the record is in no flow (404) or at its end (409), or ``due`` is past (422).
    """
    row = locked(subject, flow)
    state = table_of(row).state(row.state)
    if row.finished_at:
        raise InputError(f"“{row.label}”已经办结", how="请刷新页面", status=409)
    limit = limit_of(state, due) if due else None
    row.label = subject.label or row.label
    row.waiting_for = state.permission if organisations else ""
    row.waits_at = sorted(organisations)
    row.assigned_to = row.assigned_name = ""
    if not row.waiting_for:
        row.due_on, row.due_provisional = None, False
    elif limit:
        row.due_on, row.due_provisional = limit.day, limit.provisional
    row.save()
    return view(row)


@transaction.atomic
def begin(*, flow: Flow, subject: Subject, due: date | None = None) -> CaseView | None:
    """Put a record at the beginning of a flow by the clock: nobody's deed. ``None`` where it is in one already. For jobs.

    Raises:
        InputError: ``due`` is past (422).
    """
    now = timezone.now()
    table = flows.flow_on(flow.code, timezone.localdate())
    state = table.state(table.initial)
    limit = limit_of(state, due)
    row, new = Case.objects.get_or_create(
        subject_kind=subject.kind,
        subject_key=subject.key,
        defaults={
            "label": subject.label,
            "flow": table.code,
            "flow_since": table.since,
            "state": state.code,
            "waiting_for": state.permission,
            "started_name": "系统",
            "entered_at": now,
            "due_on": limit.day if limit else None,
            "due_provisional": bool(limit and limit.provisional),
        },
    )
    if not new:
        return None
    write_step(row, None, None, "start", "", state, "", now)
    record(events.STARTED, subject, None, {"flow": table.title, "state": state.label, "due_on": row.due_on})
    return view(row)


@transaction.atomic
def lapse(*, flow: Flow, subject: Subject, transition: str, reason: str = "") -> CaseView:
    """Take an automatic step: the clock's, nobody's. For periodic jobs.

    Raises:
        InputError: the record is in no flow (404), or the step does not lead on from where it stands (409).
        ValueError: the step is one that people take (a fault of the program).
    """
    row = locked(subject, flow)
    table = table_of(row)
    step = table.transition(transition)
    if not step.automatic:
        raise ValueError(f"{transition} is not taken by the clock")
    moved(row, table, step, subject, reason=reason)
    return view(row)


def moved(
    row: Case,
    table: Flow,
    step: Transition,
    subject: Subject,
    *,
    reason: str,
    source: str = "",
    label: str = "",
    waits_at: Sequence[str] | None = None,
) -> None:
    """Take a step that is nobody's of ours with a locked case: the clock's, or ``source``'s, who stands in the log as a name.

    Raises:
        InputError: the step does not lead on from where the record stands (409).
    """
    if row.state not in step.sources:
        raise InputError(
            f"“{row.label}”现在的状态是“{table.state(row.state).label}”，不能{step.label}",
            how="请刷新页面",
            status=409,
        )
    before, state, now = table.state(row.state), table.state(step.target), timezone.now()
    write_step(row, None, None, step.code, before.code, state, reason, now, source)
    row.label = label or row.label
    enter(row, state, limit_of(state, None), now, waits_at)
    record(
        flows.verb_of(table, step),
        Subject(subject.kind, subject.key, row.label),
        {"state": before.label},
        {"state": state.label} | ({"source": source} if source else {}),
        reason=reason,
    )
