"""One record: where it stands, every step that it took, its way as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from youju.foundation.identity.permissions import Permission, roles_with
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors.reach import seen


@dataclass(frozen=True, slots=True)
class CaseView:
    """Where a record stands. ``waits_for`` says in words who must act: a colleague's name or the roles; empty: nobody."""

    id: int
    subject: Subject
    flow: str
    flow_title: str
    state: str
    state_label: str
    entered_at: datetime
    due_on: date | None
    provisional: bool
    late: bool
    finished: bool
    assigned_to: str
    waits_for: str
    started_by: str
    url: str | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step that was taken."""

    label: str
    to_label: str
    by: str
    by_name: str
    on_behalf_of: str
    on_behalf_of_name: str
    at: datetime
    reason: str
    due_on: date | None
    working_days: int
    within_limit: bool | None
    returns: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """A state on the usual way of a flow: when it was last reached and by whom; ``now`` for the present one."""

    label: str
    status: str
    at: datetime | None
    by_name: str


def case(subject: Subject) -> CaseView | None:
    """Where a record stands; ``None`` when it is in no flow."""
    row = row_of(subject)
    return view(row) if row else None


def case_of(case_id: int) -> CaseView | None:
    """The case with the number that the address of its page carries; ``None`` when there is none to be seen here."""
    row = seen(Case.objects.filter(pk=case_id)).first()
    return view(row) if row else None


def row_of(subject: Subject) -> Case | None:
    """The row of a record; ``None`` when it is in no flow."""
    return Case.objects.filter(subject_kind=subject.kind, subject_key=subject.key).first()


def states_of(kind: str, keys: Iterable[str]) -> dict[str, CaseView]:
    """The cases of many records of a kind, by key: one query."""
    rows = Case.objects.filter(subject_kind=kind, subject_key__in=list(keys))
    return {row.subject_key: view(row) for row in rows}


def view(row: Case) -> CaseView:
    """A case as frozen data. A version of its flow that this program no longer knows is shown by its codes."""
    flow = flows.find(row.flow, row.flow_since)
    return CaseView(
        id=row.pk,
        subject=Subject(row.subject_kind, row.subject_key, row.label),
        flow=row.flow,
        flow_title=flow.title if flow else row.flow,
        state=row.state,
        state_label=flow.state(row.state).label if flow else row.state,
        entered_at=row.entered_at,
        due_on=row.due_on,
        provisional=row.due_provisional,
        late=row.due_on is not None and row.due_on < timezone.localdate(),
        finished=row.finished_at is not None,
        assigned_to=row.assigned_to,
        waits_for=_waits_for(row),
        started_by=row.started_by,
        url=flows.page_of(row.flow, row.subject_key),
    )


def _waits_for(row: Case) -> str:
    if row.assigned_to:
        return row.assigned_name or row.assigned_to
    for permission in Permission:
        if permission == row.waiting_for:
            roles = "、".join(role.label for role in roles_with(permission))
            return f"{roles}（{'、'.join(row.waits_at)}）" if row.waits_at else roles
    return ""


def log_of(subject: Subject) -> tuple[StepView, ...]:
    """Every step of a record, oldest first."""
    steps = Step.objects.filter(
        case__subject_kind=subject.kind, case__subject_key=subject.key
    ).select_related("case")
    return tuple(_step(step) for step in steps.order_by("number"))


def _step(step: Step) -> StepView:
    flow = flows.find(step.case.flow, step.case.flow_since)
    transition = flow.transition(step.transition) if flow and step.from_state else None
    return StepView(
        label=transition.label if transition else step.transition if step.from_state else "发起",
        to_label=flow.state(step.to_state).label if flow else step.to_state,
        by=step.by,
        by_name=step.by_name,
        on_behalf_of=step.on_behalf_of,
        on_behalf_of_name=step.on_behalf_of_name or step.on_behalf_of,
        at=step.at,
        reason=step.reason,
        due_on=step.due_on,
        working_days=step.working_days,
        within_limit=step.within_limit,
        returns=transition.returns if transition else False,
    )


def milestones(subject: Subject) -> tuple[Milestone, ...]:
    """The usual way of a record's flow as a picture: what is behind, where it stands, what is ahead. Two queries."""
    row = row_of(subject)
    flow = flows.find(row.flow, row.flow_since) if row else None
    if row is None or flow is None:
        return ()
    reached = {step.to_state: step for step in row.steps.filter(round=row.round).order_by("number")}
    way = list(flow.path())
    codes = [state.code for state in way]
    if row.state not in codes:
        way.append(flow.state(row.state))
        codes.append(row.state)
    here = codes.index(row.state)
    return tuple(
        Milestone(
            state.label,
            "done" if place < here else "now" if place == here else "next",
            reached[state.code].at if state.code in reached and place <= here else None,
            reached[state.code].by_name if state.code in reached and place <= here else "",
        )
        for place, state in enumerate(way)
    )


def open_keys(kind: str) -> list[str]:
    """The keys of the records of a kind that are not at the end of their flow."""
    rows = Case.objects.filter(subject_kind=kind, finished_at=None).order_by("pk")
    return list(rows.values_list("subject_key", flat=True))
