"""Photographed lists and other papers of an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.subjects import Subject
from youju.trade.orders import events, permissions
from youju.trade.orders.models import Order

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ROLE = "list"


def papers_of(number: str) -> list[Attached]:
    """The papers of an order that the caller has already been let see."""
    return attachments(Subject(events.ORDER_KIND, number, number), ROLE)


def paper(*, actor: User, number: str, paper_id: int) -> Attached | None:
    """One paper of an order; ``None`` where the actor takes no part in the order, or it has no such paper.

    Raises:
        PermissionDenied: the actor may not see orders.
    """
    require(actor, permissions.VIEW)
    if not Order.objects.filter(number=number.replace("\0", "")).exists():
        return None
    return next((each for each in papers_of(number) if each.id == paper_id), None)
