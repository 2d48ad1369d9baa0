"""An event as the rules EVT-… look at it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from youju.foundation.files.selectors import attachments
from youju.office.events import events
from youju.office.events.models import Attendance, Deal, Signup
from youju.rules.office.events.facts import EventFacts, EventMoment
from youju.rules.office.events.lifecycle import APPLIED

if TYPE_CHECKING:
    from youju.office.events.models import Event

NOTHING = Decimal(0)


def event_facts(row: Event, moment: EventMoment, day: date, *, actor: str = "") -> EventFacts:
    """An event, saved or not yet. Up to five queries, for the result; one for a saved one otherwise."""
    reporting = moment == "report"
    expected, present = _attendance(row) if reporting else (0, 0)
    return EventFacts(
        moment=moment,
        day=day,
        kind=row.kind,
        name=row.name,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=row.state,
        signup_until=row.signup_until,
        places=row.places,
        taken=row.taken,
        budget=row.budget,
        cost=cost_of(row) if moment in {"plan", "cost", "report"} else NOTHING,
        files=len(attachments(events.subject_of(row), "report")) if reporting else 0,
        undecided=_undecided(row) if reporting else 0,
        expected=expected,
        present=present,
        reported_by=row.reported_by,
        actor=actor,
    )


def cost_of(row: Event) -> Decimal:
    """What was entered so far, CNY."""
    if not row.pk:
        return NOTHING
    return row.costs.aggregate(n=Sum("amount"))["n"] or NOTHING


def _undecided(row: Event) -> int:
    signups = Signup.objects.filter(event=row, state=APPLIED).count()
    return signups + Deal.objects.filter(event=row, state="declared").count()


def _attendance(row: Event) -> tuple[int, int]:
    found = Attendance.objects.filter(session__event=row).aggregate(
        expected=Count("pk"), present=Count("pk", filter=Q(present=True))
    )
    return found["expected"], found["present"]
