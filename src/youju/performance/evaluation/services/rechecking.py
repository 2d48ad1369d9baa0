"""Finance's own points, row by row, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.models import EvaluationRow, SelfEvaluation
from youju.performance.evaluation.services.filling import worded
from youju.performance.evaluation.services.locking import locked_self
from youju.rules.performance.evaluation.lifecycle import APPROVED
from youju.rules.performance.evaluation.points import plain

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_REASON, _NOTE = 1000, 2000


@dataclass(frozen=True, slots=True)
class OwnPoints:
    """What finance gives a row; ``score`` ``None``: it agrees."""

    score: Decimal | None
    reason: str = ""


@transaction.atomic
def recheck(
    *,
    actor: User,
    evaluation_id: int,
    rows: Mapping[int, OwnPoints],
    note: str | None = None,
    revision: int | None = None,
) -> SelfEvaluation:
    """Save finance's points, whole or in part; the step ``recheck`` then asks for the reasons.

    Raises:
        PermissionDenied: the actor checks nothing again.
        InputError: none such (404), not approved yet or already settled, saved by somebody else (409), points beyond the weight.
    """
    require(actor, permissions.RECHECK)
    head = locked_self(evaluation_id)
    if head.state != APPROVED:
        raise InputError("只有待复核的自评可以复核", where=str(head), how="请刷新页面", status=409)
    if revision is not None and revision != head.revision:
        raise InputError("别人已经存过这次复核", where=str(head), how="请刷新页面后再填", status=409)
    known = {row.number: row for row in head.rows.all()}
    changed = []
    for number, wish in rows.items():
        row = known.get(number)
        if row is None or row.weight is None:
            raise InputError(f"没有第 {number} 行", where=str(head), how="请刷新页面", status=404)
        if wish.score is not None and not 0 <= wish.score <= row.weight:
            raise InputError(
                f"复核得分应在 0 到 {plain(row.weight)} 之间", where=f"第 {number} 行", how="请改正"
            )
        score = None if wish.score == row.score else wish.score
        reason = worded(wish.reason, _REASON)
        if (score, reason) != (row.own_score, row.own_reason):
            row.own_score, row.own_reason = score, reason
            changed.append(row)
    EvaluationRow.objects.bulk_update(changed, ["own_score", "own_reason"])
    words = head.recheck_note if note is None else worded(note, _NOTE)
    if changed or words != head.recheck_note:
        head.recheck_note = words
        head.revision += 1
        head.save(update_fields=["recheck_note", "revision"])
        told = [
            {"row": each.number, "own_score": _text(each.own_score), "own_reason": each.own_reason}
            for each in changed
        ]
        record(events.RECHECKED, events.self_subject(head), None, {"rows": told, "recheck_note": words})
    return head


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
