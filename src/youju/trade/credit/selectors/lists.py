"""Publicity lists: for the centre, and for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.credit.lifecycle import ENDED, SHOWN
from youju.trade.credit import permissions
from youju.trade.credit.models import PublicList

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
_MOST = 50


def public_lists_of_centre(actor: User, *, state: str = "") -> QuerySet[PublicList]:
    """All lists.

    Raises:
        PermissionDenied: the actor sees no credit of others.
    """
    require(actor, permissions.VIEW)
    rows = PublicList.objects.select_related("snapshot")
    return rows.filter(state=state) if state else rows


def list_of(actor: User, list_id: int) -> PublicList:
    """One list.

    Raises:
        PermissionDenied: the actor sees no credit of others.
        InputError: there is none (404).
    """
    found = public_lists_of_centre(actor).filter(pk=list_id if list_id <= _LARGEST else 0).first()
    if found is None:
        raise InputError("没有这份名单", how="请回到名单列表", status=404)
    return found


def lists_for_anybody() -> list[PublicList]:
    """What is shown now, newest first; a list whose days are over is not."""
    rows = PublicList.objects.filter(state=SHOWN, shown_until__gte=timezone.localdate())
    return list(rows.select_related("snapshot").order_by("-shown_on", "-pk")[:_MOST])


def list_for_anybody(number: str) -> PublicList | None:
    """A list that is shown now; ``None`` for any other."""
    rows = PublicList.objects.filter(
        number=number.replace("\0", ""), state=SHOWN, shown_until__gte=timezone.localdate()
    )
    return rows.select_related("snapshot").first()


__all__ = ["ENDED", "list_for_anybody", "list_of", "lists_for_anybody", "public_lists_of_centre"]
