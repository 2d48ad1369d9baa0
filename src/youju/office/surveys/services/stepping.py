"""Steps of a survey: sent to be looked at, published by another person, closed by hand or by the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.workflow.services import advance, lapse
from youju.office.surveys import events, permissions
from youju.office.surveys.facts import facts_of
from youju.office.surveys.models import Survey
from youju.office.surveys.services.building import locked
from youju.office.surveys.services.closing import open_box
from youju.office.surveys.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.office.surveys.lifecycle import OPEN, SURVEY_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Taken:
    """The survey after the step, and what the rules said besides."""

    survey: Survey
    findings: Sequence[Finding]


@transaction.atomic
def take_step(*, actor: User, survey_id: int, step: str, reason: str = "", expected: str = "") -> Taken:
    """Take one step with a survey.

    Args:
        actor: who takes it.
        survey_id: of the survey.
        step: ``submit``, ``publish``, ``refuse``, ``take_back``, ``close`` or ``drop``.
        reason: where the step needs one.
        expected: the state that the actor saw.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
        SurveyRefusedError: the rules stop it.
    """
    require(actor, permissions.VIEW)
    row, today = locked(actor, survey_id), timezone.localdate()
    found: list[Finding] = []
    case = advance(
        flow=SURVEY_FLOW,
        subject=events.subject_of(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    if step in ("submit", "publish"):
        # Judged behind the step: who may not take it learns that first; what stops it takes it back with the transaction.
        found = checked(facts_of(row, "publish", today, actor=actor.username if step == "publish" else ""))
    if step == "close":
        open_box(row, today=today)
        return Taken(row, found)
    row.state = case.state
    if step == "publish":
        row.opened_on = today
    row.save(update_fields=["state", "opened_on"])
    return Taken(row, found)


@transaction.atomic
def close_due(*, today: date) -> dict[str, int]:
    """Close each open survey whose last day has passed, and count its answers; how many of each. For the nightly job."""
    rows = Survey.objects.select_for_update().filter(state=OPEN, closes_on__lt=today).order_by("pk")
    closed = sheets = 0
    for row in rows:
        lapse(flow=SURVEY_FLOW, subject=events.subject_of(row), transition="expire")
        sheets += open_box(row, today=today)
        closed += 1
    return {"closed": closed, "sheets": sheets}
