"""Trials of policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.credit import permissions
from youju.trade.credit.models import Trial, TrialMove

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


def trials(actor: User) -> QuerySet[Trial]:
    """All trials, newest first.

    Raises:
        PermissionDenied: the actor tries no policies.
    """
    require(actor, permissions.SIMULATE)
    return Trial.objects.all()


def trial_of(actor: User, trial_id: int) -> Trial:
    """One trial.

    Raises:
        PermissionDenied: the actor tries no policies.
        InputError: there is none (404).
    """
    found = trials(actor).filter(pk=trial_id if trial_id <= _LARGEST else 0).first()
    if found is None:
        raise InputError("没有这次试算", how="请回到试算列表", status=404)
    return found


def moves(actor: User, trial_id: int, *, moved: bool = False, text: str = "") -> QuerySet[TrialMove]:
    """Whose points a trial changes; ``moved``: the grade too.

    Raises:
        PermissionDenied, InputError: as :func:`trial_of`.
    """
    rows = TrialMove.objects.filter(trial=trial_of(actor, trial_id))
    for word in text.replace("\0", "").split():
        rows = rows.filter(name__icontains=word) | rows.filter(number__istartswith=word)
    return rows.filter(moved=True) if moved else rows
