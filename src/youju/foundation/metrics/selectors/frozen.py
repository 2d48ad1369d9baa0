"""Figures that were frozen: one, those of a question, all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.analytics.periods import Period
from youju.foundation.identity.permissions import require
from youju.foundation.metrics import permissions
from youju.foundation.metrics.models import FrozenFigure

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def frozen_figures(*, actor: User, code: str = "") -> QuerySet[FrozenFigure]:
    """All of them, newest first; of one metric where a code is given.

    Raises:
        PermissionDenied: the actor may not see metrics.
    """
    require(actor, permissions.VIEW)
    rows = FrozenFigure.objects.all()
    return rows.filter(code=code) if code else rows


def frozen_figure(*, actor: User, figure: int) -> FrozenFigure | None:
    """One by its number.

    Raises:
        PermissionDenied: the actor may not see metrics.
    """
    return frozen_figures(actor=actor).filter(pk=figure).first()


def frozen_of(code: str, period: Period, parameters: Mapping[str, str]) -> QuerySet[FrozenFigure]:
    """Those of one question, newest first."""
    return FrozenFigure.objects.filter(
        code=code, start=period.start, end=period.end, parameters=dict(parameters)
    ).order_by("-pk")


def period_of(figure: FrozenFigure) -> Period:
    """The months that a frozen figure is about."""
    return Period(figure.start, figure.end)
