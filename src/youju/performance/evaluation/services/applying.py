"""The result applied in the next year: the grade that counts and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import day_of
from youju.performance.evaluation.models import AppliedResult
from youju.performance.evaluation.services.filling import worded
from youju.performance.evaluation.services.locking import locked_self
from youju.rules.performance.evaluation.lifecycle import SELF_FLOW
from youju.rules.performance.evaluation.results import consequence

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 1000


@transaction.atomic
def apply_result(*, actor: User, evaluation_id: int, note: str = "", expected: str = "") -> AppliedResult:
    """Write down what follows in the next year from the grade after finance, and finish the self-evaluation.

    Raises:
        PermissionDenied: no permission for the step.
        InputError: none such (404); finance is not done (409).
    """
    require(actor, permissions.VIEW)
    head = locked_self(evaluation_id)
    case = advance(
        flow=SELF_FLOW, subject=events.self_subject(head), transition="apply", actor=actor, expected=expected
    )
    if head.recheck_total is None:
        raise InputError("还没有复核得分", where=str(head), how="请先完成复核", status=409)
    code, words = consequence(head.recheck_grade, law_on(day_of(head.fiscal_year)))
    head.state = case.state
    head.revision += 1
    head.save(update_fields=["state", "revision"])
    made = AppliedResult.objects.create(
        evaluation=head,
        fiscal_year=head.fiscal_year,
        applied_year=head.fiscal_year + 1,
        project_code=head.project_code,
        total=head.recheck_total,
        grade=head.recheck_grade,
        follows=code,
        follows_text=words,
        note=worded(note, _LONGEST),
        decided_by=actor.username,
        decided_name=actor.display_name[:64],
        is_demo=head.is_demo,
    )
    after = {
        "grade": made.grade,
        "total": str(made.total),
        "follows": words,
        "applied_year": made.applied_year,
    }
    record(events.APPLIED, events.self_subject(head), None, after | {"note": made.note})
    return made
