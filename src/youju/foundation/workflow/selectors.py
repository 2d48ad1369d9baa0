"""Reading cases: one, its steps, what somebody has to do, what is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import Permission
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.models import Absence, Case, Step
from youju.foundation.workflow.standing_in import Hat, hats
from youju.rules.workflow import State, Transition, working_days_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TODO_MOST = 200


@dataclass(frozen=True, slots=True)
class CaseView:
    """Where a record stands."""

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
    at: datetime
    reason: str
    due_on: date | None
    working_days: int
    within_limit: bool | None
    returns: bool


@dataclass(frozen=True, slots=True)
class Available:
    """A step that leads on from here: ``blocked`` says in Chinese why this user may not take it (empty: may)."""

    code: str
    label: str
    reason_required: bool
    returns: bool
    blocked: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class TodoItem:
    """A record that waits for somebody. ``days_left`` counts working days; negative when late, None without a deadline."""

    subject: Subject
    title: str
    state_label: str
    url: str | None
    since: datetime
    due_on: date | None
    days_left: int | None
    provisional: bool
    on_behalf_of: str

    @property
    def late(self) -> bool:
        """Whether the day has passed."""
        return self.days_left is not None and self.days_left < 0

    @property
    def when(self) -> str:
        """The time left, in words."""
        if self.days_left is None:
            return "不限期"
        if self.days_left < 0:
            return f"已逾期 {-self.days_left} 个工作日"
        return "今天到期" if self.days_left == 0 else f"还有 {self.days_left} 个工作日"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A state on the usual way of a flow: when it was last reached and by whom; ``now`` for the present one."""

    label: str
    status: str
    at: datetime | None
    by_name: str


def case(subject: Subject) -> CaseView | None:
    """Where a record stands; ``None`` when it is in no flow."""
    row = Case.objects.filter(subject_kind=subject.kind, subject_key=subject.key).first()
    return view(row) if row else None


def states_of(kind: str, keys: Iterable[str]) -> dict[str, CaseView]:
    """The cases of many records of a kind, by key: one query."""
    rows = Case.objects.filter(subject_kind=kind, subject_key__in=list(keys))
    return {row.subject_key: view(row) for row in rows}


def view(row: Case) -> CaseView:
    """A case as frozen data."""
    flow = flows.flow_of(row.flow, row.flow_since)
    return CaseView(
        subject=Subject(row.subject_kind, row.subject_key, row.label),
        flow=row.flow,
        flow_title=flow.title,
        state=row.state,
        state_label=flow.state(row.state).label,
        entered_at=row.entered_at,
        due_on=row.due_on,
        provisional=row.due_provisional,
        late=row.due_on is not None and row.due_on < timezone.localdate(),
        finished=row.finished_at is not None,
        assigned_to=row.assigned_to,
        started_by=row.started_by,
        url=flows.page_of(row.flow, row.subject_key),
    )


def available(subject: Subject, user: User) -> tuple[Available, ...]:
    """The steps that lead on from where the record stands, with why this user may not take some. Steps that ask for a
    permission which the user does not hold at all are left out.
    """
    row = Case.objects.filter(subject_kind=subject.kind, subject_key=subject.key).first()
    if row is None or row.finished_at:
        return ()
    flow = flows.flow_of(row.flow, row.flow_since)
    worn, steps = hats(user), list(row.steps.all())
    found = []
    for transition in flow.leaving(row.state):
        hat, why = choose_hat(worn, transition, row, steps, user)
        if hat or why:
            found.append(
                Available(
                    transition.code,
                    transition.label,
                    transition.reason_required,
                    transition.returns,
                    "" if hat else why,
                    hat.on_behalf_of if hat else "",
                )
            )
    return tuple(found)


def choose_hat(
    worn: Iterable[Hat], transition: Transition, row: Case, steps: list[Step], user: User
) -> tuple[Hat | None, str]:
    """The first hat under which the user may take the step, else why not; ("None", "") when no hat holds the permission."""
    why = ""
    for hat in worn:
        if Permission(transition.permission) not in hat.permissions:
            continue
        reason = _blocked(hat, transition, row, steps, user)
        if not reason:
            return hat, ""
        why = why or reason
    return None, why


def _blocked(hat: Hat, transition: Transition, row: Case, steps: list[Step], user: User) -> str:
    people = {user.username, hat.on_behalf_of} - {""}
    if row.assigned_to and row.assigned_to not in people:
        return f"已指定由 {row.assigned_to} 办理"
    mine = [step for step in steps if step.round == row.round and {step.by, step.on_behalf_of} & people]
    for step in mine:
        if step.transition in transition.not_by:
            earlier = flows.flow_of(row.flow, row.flow_since).transition(step.transition).label
            return f"“{earlier}”与“{transition.label}”须由不同的人办理，这一轮的“{earlier}”是您办的"
    if transition.own:
        last = next((step for step in reversed(steps) if step.transition == transition.own), None)
        if last is None or not {last.by, last.on_behalf_of} & people:
            earlier = flows.flow_of(row.flow, row.flow_since).transition(transition.own).label
            return f"只有办理“{earlier}”的人可以{transition.label}"
    return ""


def log_of(subject: Subject) -> tuple[StepView, ...]:
    """Every step of a record, oldest first."""
    steps = Step.objects.filter(
        case__subject_kind=subject.kind, case__subject_key=subject.key
    ).select_related("case")
    return tuple(_step(step) for step in steps.order_by("number"))


def _step(step: Step) -> StepView:
    flow = flows.flow_of(step.case.flow, step.case.flow_since)
    started = not step.from_state
    transition = None if started else flow.transition(step.transition)
    return StepView(
        label=transition.label if transition else "发起",
        to_label=flow.state(step.to_state).label,
        by=step.by,
        by_name=step.by_name,
        on_behalf_of=step.on_behalf_of,
        at=step.at,
        reason=step.reason,
        due_on=step.due_on,
        working_days=step.working_days,
        within_limit=step.within_limit,
        returns=transition.returns if transition else False,
    )


def milestones(subject: Subject) -> tuple[Milestone, ...]:
    """The usual way of a record's flow as a picture: what is behind, where it stands, what is ahead. Two queries."""
    row = Case.objects.filter(subject_kind=subject.kind, subject_key=subject.key).first()
    if row is None:
        return ()
    flow = flows.flow_of(row.flow, row.flow_since)
    reached = {step.to_state: step for step in row.steps.filter(round=row.round).order_by("number")}
    way: list[State] = list(flow.path())
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


def todo(user: User, *, limit: int = TODO_MOST) -> list[TodoItem]:
    """What waits for the user: by own permissions, assigned, and of those for whom the user stands in; late ones first.

    Steps barred by two-person control are left out. Three queries at most, however many cases there are.
    """
    worn = hats(user)
    if not worn:
        return []
    rows = list(
        _waiting(worn, user).prefetch_related("steps").order_by("due_on", "entered_at", "pk")[: limit + 1]
    )
    items = []
    for row in rows[:limit]:
        hat = _hat_for(row, worn, user)
        if hat is not None:
            items.append(_item(row, hat))
    return sorted(items, key=lambda item: (item.due_on or date.max, item.since))


def todo_count(user: User) -> int:
    """How many records wait for the user, at most ``TODO_MOST``."""
    return len(todo(user))


def _waiting(worn: Iterable[Hat], user: User) -> QuerySet[Case]:
    held = frozenset[Permission]().union(*(hat.permissions for hat in worn))
    people = [user.username, *(hat.on_behalf_of for hat in worn if hat.absent)]
    return Case.objects.filter(
        Q(assigned_to="") | Q(assigned_to__in=people),
        finished_at__isnull=True,
        waiting_for__in=[permission.value for permission in held],
    )


def _hat_for(row: Case, worn: Iterable[Hat], user: User) -> Hat | None:
    flow = flows.flow_of(row.flow, row.flow_since)
    steps = sorted(row.steps.all(), key=lambda step: step.number)
    for transition in flow.leaving(row.state):
        if transition.permission == row.waiting_for and not transition.returns:
            hat, _ = choose_hat(worn, transition, row, steps, user)
            if hat:
                return hat
    return None


def _item(row: Case, hat: Hat) -> TodoItem:
    flow = flows.flow_of(row.flow, row.flow_since)
    return TodoItem(
        subject=Subject(row.subject_kind, row.subject_key, row.label),
        title=flow.title,
        state_label=flow.state(row.state).label,
        url=flows.page_of(row.flow, row.subject_key),
        since=row.entered_at,
        due_on=row.due_on,
        days_left=None
        if row.due_on is None
        else working_days_between(timezone.localdate(), row.due_on, fixed_holidays()),
        provisional=row.due_provisional,
        on_behalf_of=hat.absent.display_name if hat.absent else "",
    )


def cases(*, flow: str = "", state: str = "", text: str = "", only: str = "") -> QuerySet[Case]:
    """The cases for a list, unsorted. ``only``: ``open``, ``late`` or ``done``; ``state`` is a state's code."""
    rows = Case.objects.all()
    if flow:
        rows = rows.filter(flow=flow)
    if state:
        rows = rows.filter(state=state)
    for word in text.replace("\0", "").split():
        rows = rows.filter(label__icontains=word)
    today = timezone.localdate()
    if only == "open":
        rows = rows.filter(finished_at__isnull=True)
    elif only == "late":
        rows = rows.filter(finished_at__isnull=True, due_on__lt=today)
    elif only == "done":
        rows = rows.filter(finished_at__isnull=False)
    return rows


def late() -> QuerySet[Case]:
    """What should have been moved on before today."""
    return cases(only="late")


def absences(*, user: User | None = None) -> QuerySet[Absence]:
    """Absences that are not over, of one person (as absent or as substitute) or of all."""
    rows = Absence.objects.filter(last__gte=timezone.localdate(), ended_at__isnull=True)
    if user is not None:
        rows = rows.filter(Q(user=user) | Q(substitute=user))
    return rows.select_related("user__organisation", "substitute__organisation").order_by("first", "pk")


def finished_steps(*, since: date, until: date) -> QuerySet[Step]:
    """Steps with a limit that were taken in the period (both days included): the rows behind ``requests.within_limit_rate``."""
    return Step.objects.filter(at__date__gte=since, at__date__lte=until, within_limit__isnull=False)
