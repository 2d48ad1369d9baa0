"""Freezing all rows of a document: their values with the figures that they stand on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.analytics.answers import Question
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.many import engine_over
from youju.foundation.metrics.services import freeze_questions
from youju.performance.measures import events, permissions
from youju.performance.measures.models import Freeze, FrozenRow
from youju.performance.measures.selectors.asking import Reading, ask_engines, distinct
from youju.performance.measures.selectors.bound import known_rows
from youju.performance.measures.selectors.building import as_of
from youju.performance.measures.selectors.codec import row_as_json
from youju.performance.measures.selectors.documents import placed
from youju.performance.measures.selectors.frozen import FrozenMeasures, frozen_of
from youju.performance.measures.selectors.measuring import build, now_questions
from youju.performance.measures.selectors.periods import period_until

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

MOST_PURPOSE = 200


@transaction.atomic
def freeze_rows(
    *, actor: User, target_set: TargetSet, until: date | None = None, purpose: str = ""
) -> FrozenMeasures:
    """Keep every row's value as it is now. Each distinct metric, parameters and months become one frozen figure, added up from
    the very rows that are hashed; the rows' values are those figures' values. Audited. Earlier freezings stay.

    Args:
        actor: who freezes.
        target_set: which version.
        until: as ``selectors.measured_rows`` takes it.
        purpose: what it is frozen for.

    Raises:
        PermissionDenied: the actor may not see measures or freeze figures, or does not reach every row.
        InputError: ``until`` lies outside the fiscal year, the purpose is too long (422).
    """
    require(actor, permissions.VIEW)
    purpose = purpose.strip()
    if len(purpose) > MOST_PURPOSE:
        raise InputError("用途太长", where="用途", how=f"请不超过 {MOST_PURPOSE} 个字", status=422)
    period = period_until(target_set.fiscal_year, until)
    known = known_rows(target_set, placed(target_set), period.last_day)
    of_rows = now_questions(known, period)
    figures = freeze_questions(
        actor=actor,
        questions=distinct(each for asked in of_rows for each in asked),
        engine_for=engine_over,
        purpose=purpose or f"{target_set.fiscal_year} 年绩效计量，截至 {period.last_day}",
    )

    def kept(questions: Sequence[Question]) -> dict[Question, Reading]:
        others = ask_engines([each for each in questions if each not in figures])
        frozen = {
            each: Reading(figures[each].value, str(figures[each].parts["reason"]), figures[each].as_of)
            for each in questions
            if each in figures
        }
        return {**others, **frozen}

    rows = build(target_set, known, period, kept)
    data = [row_as_json(row) for row in rows]
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    freeze = Freeze.objects.create(
        unit_key=target_set.unit_key,
        fiscal_year=target_set.fiscal_year,
        target_version=target_set.version,
        until=period.last_day,
        purpose=purpose,
        as_of=as_of(rows) or timezone.now(),
        content_hash=hashlib.sha256(text.encode()).hexdigest(),
        frozen_by=actor.username,
        frozen_name=actor.display_name,
    )
    FrozenRow.objects.bulk_create(
        FrozenRow(freeze=freeze, place=place, data=told, figures=[figures[each].pk for each in asked])
        for place, (told, asked) in enumerate(zip(data, of_rows, strict=True), start=1)
    )
    record(
        events.FROZEN,
        events.freeze_subject(freeze),
        None,
        {
            "until": str(period.last_day),
            "rows": len(rows),
            "figures": len(figures),
            "content_hash": freeze.content_hash,
            "purpose": purpose,
        },
    )
    return frozen_of(freeze)
