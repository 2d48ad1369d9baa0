"""Which projects' payments are suspended (暂停拨付): asked by payments before each goes on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.performance.monitoring import permissions
from youju.performance.monitoring.models import Order, Suspension

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def holds_payments(projects: Sequence[int]) -> dict[int, str]:
    """Why payments of projects (ids of the room of funds) may not go on; one query."""
    held = Suspension.objects.filter(funds_id__in=list(projects), lifted_at__isnull=True)
    return {
        row.funds_id: f"{row.reason}（整改通知 {row.order.number}）" for row in held.select_related("order")
    }


def held_projects(actor: User) -> dict[str, Suspension]:
    """The suspensions in force by project code; one query.

    Raises:
        PermissionDenied: the actor sees no monitoring.
    """
    require(actor, permissions.VIEW)
    rows = Suspension.objects.filter(lifted_at__isnull=True).select_related("order")
    return {row.code: row for row in rows}


def suspensions(actor: User, order: Order) -> QuerySet[Suspension]:
    """All suspensions because of an order, the newest first.

    Raises:
        PermissionDenied: the actor sees no monitoring.
    """
    require(actor, permissions.VIEW)
    return Suspension.objects.filter(order=order).select_related("order")


def suspension_of(actor: User, order: Order) -> Suspension | None:
    """The one in force because of an order."""
    return suspensions(actor, order).filter(lifted_at__isnull=True).first()
