"""Which steps somebody may take with a record, as whom, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import Permission, permissions_of, roles_with
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors.views import row_of
from youju.foundation.workflow.standing_in import Hat, hats
from youju.rules.workflow import Flow, Transition

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Available:
    """A step that leads on from here: ``blocked`` says in Chinese why this user may not take it (empty: may)."""

    code: str
    label: str
    reason_required: bool
    returns: bool
    blocked: str = ""
    on_behalf_of: str = ""


def available(subject: Subject, user: User) -> tuple[Available, ...]:
    """The steps that lead on from where the record stands, with why this user may not take some. Steps that ask for a
    permission which the user does not hold at all are left out. Three queries.
    """
    row = row_of(subject)
    flow = flows.find(row.flow, row.flow_since) if row else None
    if row is None or flow is None or row.finished_at:
        return ()
    worn, steps = hats(user), list(row.steps.all())
    found = []
    for transition in flow.leaving(row.state):
        hat, why = choose_hat(worn, flow, transition, row, steps, user)
        if hat or why:
            found.append(
                Available(
                    transition.code,
                    transition.label,
                    transition.reason_required,
                    transition.returns,
                    "" if hat else why,
                    hat.on_behalf_of_name if hat else "",
                )
            )
    return tuple(found)


def choose_hat(  # noqa: PLR0917 - the whole situation
    worn: Iterable[Hat], flow: Flow, transition: Transition, row: Case, steps: Sequence[Step], user: User
) -> tuple[Hat | None, str]:
    """The first hat under which the user may take the step, else ``None`` and why not; no reason when no hat holds the
    permission. ``steps`` are those of the case, in their order.
    """
    why = ""
    for hat in worn:
        if transition.automatic or Permission(transition.permission) not in hat.permissions:
            continue
        reason = _blocked(hat, flow, transition, row, steps, user)
        if not reason:
            return hat, ""
        why = why or reason
    return None, why


def _blocked(  # noqa: PLR0917 - the whole situation
    hat: Hat, flow: Flow, transition: Transition, row: Case, steps: Sequence[Step], user: User
) -> str:
    people = {user.username, hat.on_behalf_of} - {""}
    if flow.within and row.organisation not in ("", hat.organisation):
        return "只能由所属单位的人办理"
    # An assignment binds those for whom the record waits; who submitted it may still take it back.
    bound = transition.permission == row.waiting_for
    if bound and row.assigned_to and row.assigned_to not in people:
        return f"已指定由{row.assigned_name or row.assigned_to}办理"
    for step in steps:
        if step.round == row.round and step.transition in transition.not_by and _took(step, people):
            earlier = flow.transition(step.transition).label
            whose = (
                "您" if _took(step, {user.username}) else f"您代理的{step.on_behalf_of_name or step.by_name}"
            )
            return f"“{earlier}”与“{transition.label}”须由不同的人办理，这一轮的“{earlier}”是{whose}办的"
    if transition.own:
        last = next((step for step in reversed(steps) if step.transition == transition.own), None)
        if last is None or not _took(last, people):
            return f"只有办理“{flow.transition(transition.own).label}”的人可以{transition.label}"
    return ""


def _took(step: Step, people: set[str]) -> bool:
    return bool({step.by, step.on_behalf_of} & people)


def may_take_on(row: Case, user: User) -> bool:
    """Whether the user could, for himself, take a step for which the record waits, were it handed to him."""
    flow = flows.find(row.flow, row.flow_since)
    if flow is None:
        return False
    alone = (Hat.of(user),)
    free = Case(waiting_for=row.waiting_for, round=row.round, organisation=row.organisation, state=row.state)
    steps = list(row.steps.all())
    return any(
        choose_hat(alone, flow, step, free, steps, user)[0] is not None
        for step in flow.ahead(flow.state(row.state))
    )


def candidates(case_id: int, actor: User) -> tuple[User, ...]:
    """The colleagues to whom the actor may hand the waiting record (转办): those who could take the next step.

    Empty when it waits for nobody, or when the actor may not hand it over. Four queries, however many people there are.
    """
    row = Case.objects.prefetch_related("steps").filter(pk=case_id).first()
    if row is None or not row.waiting_for or row.finished_at:
        return ()
    permission = Permission(row.waiting_for)
    if not any(permission in hat.permissions for hat in hats(actor)):
        return ()
    people = identity.colleagues(actor=actor, everybody=True).filter(
        roles__overlap=[role.value for role in roles_with(permission)]
    )
    return tuple(
        user
        for user in people
        if user.username != row.assigned_to and permission in permissions_of(user) and may_take_on(row, user)
    )
