"""Who waits moves up as places come free: in the order of signing up, whoever's deed freed them."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from youju.foundation.kernel.context import reaching_all
from youju.foundation.workflow.services import lapse
from youju.office.events import events
from youju.office.events.models import Event, Signup
from youju.rules.office.events.lifecycle import APPLIED, OPEN, SIGNUP_FLOW, WAITING

PLACES = "events_event_places"


def promote(event: Event) -> int:
    """Let those who wait move up while places are free; how many did. In the caller's transaction.

    Whoever frees a place does not see the others that wait, so this reaches all rows; one that asks for more than is free stays
    before those behind it, which keeps the order of the list.
    """
    moved = 0
    with reaching_all():
        if not Event.objects.filter(pk=event.pk, state__in=OPEN).exists():
            return 0
        waiting = Signup.objects.select_for_update().filter(event_id=event.pk, state=WAITING)
        for row in waiting.order_by("applied_at", "pk"):
            if not hold(row):
                break
            lapse(
                flow=SIGNUP_FLOW,
                subject=events.signup_subject(row, event.name),
                transition="promote",
                reason="有空出的名额",
            )
            moved += 1
    return moved


def hold(row: Signup) -> bool:
    """Save a sign-up as one that holds places; whether there were any. The database counts (``events_count_places``).

    Raises:
        IntegrityError: anything else that it forbids, such as a second sign-up of the same firm.
    """
    row.state = APPLIED
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if constraint_of(error) != PLACES:
            raise
        return False
    return True


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that a statement broke; empty where the database names none."""
    cause = error.__cause__
    diagnosis = getattr(cause, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")
