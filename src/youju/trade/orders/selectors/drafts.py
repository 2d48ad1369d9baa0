"""What somebody has typed and not registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.trade.orders import permissions
from youju.trade.orders.models import OrderDraft

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def draft(*, actor: User, place: str) -> OrderDraft | None:
    """The actor's own unsaved typing of a form; see :class:`OrderDraft` for ``place``.

    Raises:
        PermissionDenied: the actor may not register orders.
    """
    require(actor, permissions.EDIT)
    return OrderDraft.objects.filter(user=actor, place=place).first()
