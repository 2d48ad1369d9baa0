"""Handing out the rows behind a figure: on the trail before the first of them leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.metrics import events
from youju.foundation.metrics.selectors.showing import Exported, rows_to_export
from youju.foundation.metrics.services.freezing import subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def export_rows(
    *,
    actor: User,
    code: str,
    period: str,
    form: str,
    engine: str = "",
    part: str = "",
    parameters: Mapping[str, str] | None = None,
) -> Exported:
    """Every row behind a figure, to be written as ``form`` (``csv`` or ``xlsx``); audited.

    Raises:
        InputError, PermissionDenied: as ``selectors.rows_to_export``.
    """
    exported = rows_to_export(
        actor=actor, code=code, period=period, engine=engine, part=part, parameters=parameters
    )
    record(
        events.EXPORTED,
        subject_of(exported.metric.code, exported.metric.label),
        None,
        {
            "period": period,
            "parameters": dict(parameters or {}),
            "rows": exported.count,
            "format": form,
            "engine": engine or "postgres",
        },
    )
    return exported
