"""A policy on its way: submitted, reviewed, approved into force by another person, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.funds.subsidies import permissions
from youju.funds.subsidies.models import Policy
from youju.funds.subsidies.selectors.policies_judging import findings_of
from youju.funds.subsidies.services.policies import held, subject_of
from youju.rules.findings import Finding, Severity
from youju.rules.funds.subsidies.policy_lifecycle import (
    ENDED,
    IN_FORCE,
    INNER,
    POLICY_FLOW,
    REPLACED,
)
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_JUDGED = frozenset({"submit", "review", "approve"})


class PolicyRefusedError(InputError):
    """A text does not go on: ``findings`` say why."""

    def __init__(self, where: str, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(findings[0].message, where=where, how=findings[0].suggestion, status=422)


@transaction.atomic
def step_policy(*, actor: User, policy_id: int, step: str, reason: str = "", expected: str = "") -> Policy:
    """Take a step. What is submitted, reviewed or approved must be readable and free of errors of SUB-101 and up.

    Args:
        actor: who asks.
        policy_id: the version.
        step: a transition of ``POLICY_FLOW``.
        reason: in words, where the step asks for one.
        expected: the state that the actor saw.

    Raises:
        PermissionDenied: the actor lacks the step's permission, or took an earlier step of this round that excludes it.
        InputError: none such (404), another state meanwhile (409), the text cannot be read or breaks a rule, no reason (422).
    """
    require(actor, permissions.VIEW)
    row = held(policy_id)
    if step in INNER or step not in {each.code for each in POLICY_FLOW.transitions}:
        raise InputError("没有这个步骤", where=str(row), how="请刷新页面", status=404)
    if step in _JUDGED:
        refuse_faulty(row)
    view = advance(
        flow=POLICY_FLOW,
        subject=subject_of(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    row.state, now = view.state, timezone.now()
    if row.state == IN_FORCE:
        _replace_older(row, actor)
        row.in_force_at = now
    if row.state == ENDED:
        row.ended_at = now
    row.save(update_fields=["state", "in_force_at", "ended_at"])
    return row


def _replace_older(row: Policy, actor: User) -> None:
    older = (
        Policy.objects.select_for_update().filter(code=row.code, state=IN_FORCE).exclude(pk=row.pk).first()
    )
    if older is None:
        return
    advance(flow=POLICY_FLOW, subject=subject_of(older), transition="replace", actor=actor)
    older.state, older.ended_at = REPLACED, timezone.now()
    older.save(update_fields=["state", "ended_at"])


def refuse_faulty(row: Policy) -> None:
    """Raise where the text cannot be read or an error stands against it."""
    try:
        text = read_policy(row.text)
    except PolicyTextError as error:
        raise InputError(error.what, where=error.where, how=error.how) from error
    errors = tuple(
        each for each in findings_of(text, today=timezone.localdate()) if each.severity is Severity.ERROR
    )
    if errors:
        raise PolicyRefusedError(str(row), errors)
