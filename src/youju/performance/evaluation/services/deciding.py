"""The decision to take points away from a row whose target was set too low: who, when, why."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.facts import budget_of, day_of, facts_of
from youju.performance.evaluation.models import EvaluationRow, SelfEvaluation
from youju.performance.evaluation.services.filling import worded
from youju.performance.evaluation.services.locking import locked_self
from youju.rules.performance.evaluation.facts import EvaluationError
from youju.rules.performance.evaluation.lifecycle import SUBMITTED
from youju.rules.performance.evaluation.points import HUNDRED, plain
from youju.rules.performance.evaluation.scoring import score

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST = 500


@transaction.atomic
def reduce_row(
    *, actor: User, evaluation_id: int, number: int, rate: Decimal | None, reason: str = ""
) -> SelfEvaluation:
    """Take ``rate`` per cent of a row's points, or take the decision back with ``None``; the total follows.

    Raises:
        PermissionDenied: the actor checks no self-evaluations.
        InputError: not under check (409), no such row (404), no reason, or the row is not far above its target.
    """
    require(actor, permissions.CHECK)
    head = locked_self(evaluation_id)
    if head.state != SUBMITTED:
        raise InputError("只有待审核的自评可以决定调减", where=str(head), how="请先退回或等提交", status=409)
    rows = list(head.rows.all())
    row = next((each for each in rows if each.number == number), None)
    if row is None:
        raise InputError(f"没有第 {number} 行", where=str(head), how="请刷新页面", status=404)
    words = worded(reason, _LONGEST)
    if rate is None:
        row.reduction_rate, row.reduction_reason, row.reduction_by, row.reduction_name = None, "", "", ""
        row.reduction_at = None
    else:
        if not 0 < rate <= HUNDRED or not words:
            raise InputError("调减要写比例（大于 0，至多 100%）和理由", where=f"第 {number} 行", how="请补齐")
        row.reduction_rate, row.reduction_reason, row.reduction_at = rate, words, timezone.now()
        row.reduction_by, row.reduction_name = actor.username, actor.display_name[:64]
    law = law_on(head.day or day_of(head.fiscal_year))
    try:
        found = score(facts_of(head, rows, budget_of(head, head.funds.all())), law)
    except EvaluationError as error:
        raise InputError(error.what, where=error.where, how=error.how) from error
    before = {"score": str(row.score), "total": str(head.total)}
    for each, points in zip(rows, found.rows, strict=True):
        each.score, each.reason = points.score, points.reason
    EvaluationRow.objects.bulk_update(
        rows,
        [
            "score",
            "reason",
            "reduction_rate",
            "reduction_reason",
            "reduction_by",
            "reduction_name",
            "reduction_at",
        ],
    )
    head.total, head.grade = found.total, found.grade
    head.warnings = [each.as_json() for each in found.warnings]
    head.revision += 1
    head.save()
    after = {
        "row": number,
        "score": str(row.score),
        "total": str(head.total),
        "reduction_rate": None if rate is None else plain(rate),
        "reduction_reason": words,
    }
    record(events.REDUCED, events.self_subject(head), before, after)
    return head
