"""Steps of a self-evaluation: handed on, checked, approved, checked again by finance, sent back, taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import budget_of, day_of, facts_of, stage_of
from youju.performance.evaluation.models import SelfEvaluation
from youju.performance.evaluation.services import freezing
from youju.performance.evaluation.services.locking import locked_self
from youju.performance.evaluation.services.refusing import EvaluationRefusedError
from youju.rules.performance.evaluation.judging import judge_recheck
from youju.rules.performance.evaluation.lifecycle import RETURNS, SELF_FLOW
from youju.rules.performance.evaluation.rechecking import rechecked
from youju.rules.performance.evaluation.schemas import schema_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STEPS = {each.code for each in SELF_FLOW.transitions} - {"apply"}


@transaction.atomic
def take_step(
    *, actor: User, evaluation_id: int, step: str, reason: str = "", expected: str = ""
) -> SelfEvaluation:
    """Take one step with a self-evaluation, as oneself or for somebody who is away.

    Args:
        actor: who takes it.
        evaluation_id: of the self-evaluation.
        step: ``submit``, ``check``, ``approve``, ``recheck``, a return, or ``withdraw``.
        reason: where the step needs one.
        expected: the state that the actor saw; another one now is refused.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none such (404), the step does not lead on from here (409), a reason is missing.
        EvaluationRefusedError: the rules stop it.
    """
    if step not in _STEPS:
        raise InputError("没有这个步骤", how="请刷新页面后重试")
    require(actor, permissions.VIEW)
    head = locked_self(evaluation_id)
    now = timezone.now()
    # The workflow refuses first whoever may not: nobody learns of the rules' findings by trying.
    case = advance(
        flow=SELF_FLOW,
        subject=events.self_subject(head),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    head.state = case.state
    if step == "submit":
        freezing.freeze(head)
        head.submitted_by = actor.username
    elif step == "approve":
        head.approved_by, head.approved_at = actor.username, now
    elif step == "recheck":
        settle(head)
        head.rechecked_by, head.rechecked_at = actor.username, now
    elif step in RETURNS:
        freezing.thaw(head)
    head.revision += 1
    head.save()
    return head


def settle(head: SelfEvaluation) -> None:
    """Total and grade after finance.

    Raises:
        EvaluationRefusedError: a changed score without a reason or beyond its weight.
    """
    rows = list(head.rows.all())
    law = law_on(head.day or day_of(head.fiscal_year))
    facts = facts_of(head, rows, budget_of(head, head.funds.all()))
    EvaluationRefusedError.unless_clear(judge_recheck(stage_of(head, rows, facts, law), law))
    schema = schema_of(head.schema, law)
    points = [(row.score, row.own_score) for row in rows if row.score is not None]
    found = rechecked(schema, head.execution_score or Decimal(0), points)
    head.recheck_total, head.recheck_grade = found.total, found.grade
