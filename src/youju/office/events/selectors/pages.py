"""One event as its page shows it, to the centre and to an enterprise."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.office.events import events, permissions
from youju.office.events.facts import event_facts
from youju.office.events.models import Application, Cost, Deal, Event, Prospect, Reminder, Session, Signup
from youju.office.events.selectors.lists import one_of
from youju.rules.findings import Finding
from youju.rules.office.events.facts import EventMoment
from youju.rules.office.events.judging import judge
from youju.rules.office.events.kinds import WITH_SESSIONS, WITH_SIGNUPS, EventKind
from youju.rules.office.events.lifecycle import ACCEPTED, CANCELLED, LIVE, OPEN, UNDER_WAY

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

SHOWN = 200
"""Lines of a part that the page shows; its list has all."""
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Totals:
    """What hangs on an event, counted; money in CNY."""

    cost: Decimal
    approved: int
    applied: int
    waiting: int
    deals: int
    deal_amount: Decimal
    declared: int
    hours: Decimal
    expected: int
    present: int
    stages: dict[str, int]


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event for the centre."""

    event: Event
    section_name: str
    totals: Totals
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    findings: tuple[Finding, ...]
    costs: tuple[Cost, ...]
    signups: tuple[Signup, ...]
    deals: tuple[Deal, ...]
    sessions: tuple[Session, ...]
    prospects: tuple[Prospect, ...]
    applications: tuple[Application, ...]
    files: tuple[Attached, ...]
    summaries: tuple[DocumentView, ...]
    reminders: tuple[Reminder, ...]
    may_edit: bool
    may_file: bool
    may_export: bool

    @property
    def may_report(self) -> bool:
        """Whether this user may submit the result now."""
        return any(each.code == "report" and not each.blocked for each in self.options)

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own; only what is open to enterprises is published."""
        hidden = set() if self.event.kind in WITH_SIGNUPS else {"publish"}
        return tuple(
            each
            for each in self.options
            if each.code not in hidden and (each.code != "report" or each.blocked)
        )


@dataclass(frozen=True, slots=True)
class OwnEventPage:
    """One announced event for an enterprise, with its own sign-up and orders; nothing of others but how many places are left."""

    event: Event
    left: int | None
    takes_signups: bool
    signup: Signup | None
    ended: Signup | None
    deals: tuple[Deal, ...]
    sessions: tuple[Session, ...]
    files: tuple[Attached, ...]
    may_withdraw: bool
    may_declare: bool


def event_page(actor: User, event_id: int) -> EventPage:
    """One event. About twenty queries, however much hangs on it.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = one_of(actor, event_id)
    subject, kind = events.subject_of(row), row.kind
    edits = allowed(actor, permissions.EDIT)
    return EventPage(
        event=row,
        section_name=sections().get(row.section, row.section),
        totals=totals_of(row),
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
        findings=_findings(row),
        costs=tuple(row.costs.all()[:SHOWN]),
        signups=tuple(row.signups.all()[:SHOWN]) if kind in WITH_SIGNUPS else (),
        deals=tuple(row.deals.select_related("signup")[:SHOWN]) if kind == EventKind.EXHIBITION else (),
        sessions=_sessions(row) if kind in WITH_SESSIONS else (),
        prospects=tuple(row.prospects.all()[:SHOWN]) if kind == EventKind.RECRUITMENT else (),
        applications=tuple(row.applications.all()[:SHOWN]) if kind == EventKind.AEO else (),
        files=tuple(attachments(subject)),
        summaries=tuple(documents(subject)),
        reminders=tuple(row.reminders.all()[:10]),
        may_edit=edits and row.state in OPEN,
        may_file=edits and row.state not in (ACCEPTED, CANCELLED),
        may_export=allowed(actor, permissions.EXPORT),
    )


def own_event_page(actor: User, event_id: int) -> OwnEventPage:
    """One announced event for an enterprise. Six queries.

    Raises:
        InputError: there is none that was announced (404).
    """
    row, today = one_of(actor, event_id), timezone.localdate()
    own = list(
        Signup.objects.filter(event=row, organisation=actor.organisation_id).order_by("-applied_at", "-pk")
    )
    signup = next((each for each in own if each.state in LIVE), None)
    open_ = row.state == UNDER_WAY
    return OwnEventPage(
        event=row,
        left=None if row.places is None else row.places - row.taken,
        takes_signups=open_ and signup is None and today <= (row.signup_until or row.starts_on),
        signup=signup,
        ended=next((each for each in own if each.state not in LIVE), None),
        deals=tuple(signup.deals.all()) if signup else (),
        sessions=tuple(row.sessions.all()) if row.kind in WITH_SESSIONS else (),
        files=tuple(attachments(events.subject_of(row), "material")),
        may_withdraw=signup is not None and open_,
        may_declare=open_
        and row.kind == EventKind.EXHIBITION
        and signup is not None
        and signup.state == "approved"
        and row.starts_on <= today,
    )


def totals_of(row: Event) -> Totals:
    """What hangs on an event, counted. Up to six queries."""
    signups = dict(row.signups.order_by().values_list("state").annotate(n=Count("pk")))
    won = row.deals.aggregate(
        n=Count("pk", filter=Q(state="confirmed")),
        amount=Sum("amount", filter=Q(state="confirmed")),
        declared=Count("pk", filter=Q(state="declared")),
    )
    came = row.sessions.aggregate(
        expected=Count("attendances"), present=Count("attendances", filter=Q(attendances__present=True))
    )
    stages: dict[str, int] = {}
    if row.kind in (EventKind.RECRUITMENT, EventKind.AEO):
        parts = row.prospects if row.kind == EventKind.RECRUITMENT else row.applications
        stages = dict(parts.order_by().values_list("stage").annotate(n=Count("pk")))
    return Totals(
        cost=row.costs.aggregate(n=Sum("amount"))["n"] or _NOTHING,
        approved=signups.get("approved", 0),
        applied=signups.get("applied", 0),
        waiting=signups.get("waiting", 0),
        deals=won["n"],
        deal_amount=won["amount"] or _NOTHING,
        declared=won["declared"],
        hours=row.sessions.aggregate(n=Sum("hours"))["n"] or _NOTHING,
        expected=came["expected"],
        present=came["present"],
        stages=stages,
    )


def _sessions(row: Event) -> tuple[Session, ...]:
    counted = row.sessions.annotate(
        expected=Count("attendances"), present=Count("attendances", filter=Q(attendances__present=True))
    )
    return tuple(counted.order_by("held_on", "pk"))


def _findings(row: Event) -> tuple[Finding, ...]:
    today = timezone.localdate()
    law = law_on(today)
    moments: tuple[EventMoment, ...] = ("watch", "cost")
    found = [finding for moment in moments for finding in judge(event_facts(row, moment, today), law)]
    return tuple(sorted(found, key=lambda each: each.rule))
