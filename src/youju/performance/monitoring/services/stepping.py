"""The way of a round: to the sections, back, submitted, approved by somebody else, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.facts import all_facts
from youju.performance.monitoring.models import Round
from youju.performance.monitoring.selectors.lists import round_of
from youju.performance.monitoring.services.refusing import MonitoringRefusedError
from youju.rules.findings import Finding
from youju.rules.performance.monitoring.judging import judge_all
from youju.rules.performance.monitoring.lifecycle import APPROVED, CLOSED, ROUND_FLOW, SUBMITTED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Stepped:
    """The round after a step, and what the rules said without stopping it."""

    round: Round
    findings: Sequence[Finding]


@transaction.atomic
def step_round(*, actor: User, number: str, step: str, reason: str = "", expected: str = "") -> Stepped:
    """Take one step with a round; who may is judged by the workflow, substitutes included.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: no such round (404), the step does not lead on from here (409), a reason is missing.
        MonitoringRefusedError: it is to be submitted, and the rules find causes, measures or confirmations missing.
    """
    require(actor, permissions.VIEW)
    row = Round.objects.select_for_update().get(pk=round_of(actor, number).pk)
    today = timezone.localdate()
    said: list[Finding] = []
    if step == "submit":
        said = MonitoringRefusedError.unless_clear(judge_all(all_facts(row, today), law_on(today)))
    case = advance(
        flow=ROUND_FLOW,
        subject=events.round_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state = case.state
    if case.state == SUBMITTED:
        row.submitted_on = today
    elif case.state == APPROVED:
        row.approved_on, row.approved_by, row.approved_name = today, actor.username, actor.display_name
    elif case.state == CLOSED:
        row.closed_on = today
    row.save()
    return Stepped(row, said)
