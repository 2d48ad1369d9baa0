"""One round, one project's form, one order as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.facts import all_facts, order_facts, project_facts, row_facts
from youju.performance.monitoring.models import (
    MonitoredProject,
    MonitoredRow,
    Order,
    Reply,
    Round,
    Suspension,
)
from youju.performance.monitoring.selectors.holding import held_projects, suspensions
from youju.performance.monitoring.selectors.lists import is_late, order_of, project_of, round_of
from youju.rules.findings import Finding
from youju.rules.performance.monitoring.colours import by_time
from youju.rules.performance.monitoring.judging import judge, judge_all
from youju.rules.performance.monitoring.lifecycle import FILLING, ISSUED, WRITABLE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Way:
    """How far a record has come, and what this user may do with it."""

    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with its projects, what the rules still ask for, suspensions by project code."""

    row: Round
    projects: tuple[MonitoredProject, ...]
    time: Decimal
    total: Mapping[str, Decimal | None]
    said: tuple[Finding, ...]
    held: Mapping[str, Suspension]
    orders: tuple[Order, ...]
    way: Way
    forms: tuple[DocumentView, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a project's form with what the rules say of it and its orders."""

    row: MonitoredRow
    said: tuple[Finding, ...]
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project's form."""

    project: MonitoredProject
    time: Decimal
    rows: tuple[RowView, ...]
    said: tuple[Finding, ...]
    orders: tuple[Order, ...]
    held: Suspension | None
    may_fill: bool
    may_edit: bool
    may_order: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with its way, replies, evidence by turn, suspensions, what the rules say, what this user may do."""

    row: Order
    late: bool
    way: Way
    replies: tuple[tuple[Reply, tuple[Attached, ...]], ...]
    evidence: tuple[Attached, ...]
    suspensions: tuple[Suspension, ...]
    said: tuple[Finding, ...]
    may_reply: bool
    may_suspend: bool
    may_lift: bool

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own."""
        return tuple(each for each in self.way.options if each.code != "reply" or each.blocked)


def round_page(actor: User, number: str) -> RoundPage:
    """A round. A fixed number of queries.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    row, today = round_of(actor, number), timezone.localdate()
    subject = events.round_subject(row)
    projects = tuple(row.projects.all())
    known = [each for each in projects if each.budget is not None]
    return RoundPage(
        row=row,
        projects=projects,
        time=by_time(row.month),
        total={
            name: sum((getattr(each, name) or Decimal(0) for each in known), Decimal(0)) if known else None
            for name in ("initial", "budget", "executed", "forecast")
        },
        said=tuple(judge_all(all_facts(row, today), law_on(today))) if row.state in WRITABLE else (),
        held=held_projects(actor),
        orders=tuple(Order.objects.filter(project__round=row).select_related("project", "row")),
        way=_way(subject, actor),
        forms=tuple(documents(subject)),
        may_edit=row.state in WRITABLE and allowed(actor, permissions.EDIT),
    )


def project_page(actor: User, number: str, place: int) -> ProjectPage:
    """A project's form. A fixed number of queries.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    project, today = project_of(actor, number, place), timezone.localdate()
    law, writable = law_on(today), project.round.state in WRITABLE
    issued = tuple(project.orders.all())
    views = tuple(
        RowView(
            each,
            tuple(judge(row_facts(project, each, today), law)) if writable else (),
            tuple(order for order in issued if order.row_id == each.pk),
        )
        for each in project.rows.all()
    )
    return ProjectPage(
        project=project,
        time=by_time(project.round.month),
        rows=views,
        said=tuple(judge(project_facts(project, today), law)) if writable else (),
        orders=tuple(order for order in issued if order.row_id is None),
        held=held_projects(actor).get(project.code),
        may_fill=may_fill(actor, project),
        may_edit=writable and allowed(actor, permissions.EDIT),
        may_order=project.round.state != "dropped" and allowed(actor, permissions.ORDER),
    )


def order_page(actor: User, number: str) -> OrderPage:
    """An order. A fixed number of queries.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: there is none (404).
    """
    row, today = order_of(actor, number), timezone.localdate()
    subject = events.order_subject(row)
    way = _way(subject, actor)
    by_role: dict[str, list[Attached]] = {}
    for each in attachments(subject):
        by_role.setdefault(each.role, []).append(each)
    replies = tuple((reply, tuple(by_role.get(evidence_role(reply.turn), ()))) for reply in row.replies.all())
    shown = {reply.turn for reply, _ in replies}
    held = tuple(suspensions(actor, row))
    now = next((each for each in held if each.lifted_at is None), None)
    decides = allowed(actor, permissions.SUSPEND)
    reply_open = any(each.code == "reply" and not each.blocked for each in way.options)
    return OrderPage(
        row=row,
        late=is_late(row),
        way=way,
        replies=replies,
        evidence=() if row.turn in shown else tuple(by_role.get(evidence_role(row.turn), ())),
        suspensions=held,
        said=tuple(judge(order_facts(row, "watch", today), law_on(today))),
        may_reply=row.state == ISSUED and reply_open and answers_for(actor, row.section),
        may_suspend=decides
        and now is None
        and row.state in ("issued", "replied")
        and row.project.funds_id is not None,
        may_lift=decides and now is not None,
    )


def evidence_role(turn: int) -> str:
    """The role under which a turn's evidence is attached."""
    return f"reply-{turn}"


def answers_for(actor: User, section: str) -> bool:
    """Whether somebody answers for a section; finance is the section CW; what belongs to no section is everybody's."""
    if not allowed(actor, permissions.REPLY):
        return False
    return not section or section in actor.sections or (section == "CW" and "FIN" in actor.roles)


def may_fill(actor: User, project: MonitoredProject) -> bool:
    """Whether somebody may write causes and measures of a project now; needs the round."""
    state = project.round.state
    if state in WRITABLE and allowed(actor, permissions.EDIT):
        return True
    return state == FILLING and answers_for(actor, project.section)


def _way(subject: Subject, actor: User) -> Way:
    return Way(
        case=workflow.case(subject),
        milestones=tuple(workflow.milestones(subject)),
        log=tuple(workflow.log_of(subject)),
        options=tuple(workflow.available(subject, actor)),
    )
