"""Suspending payments of a project (暂停拨付) as a decided consequence of an order, and lifting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.projects.services import lock_ledgers
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.models import Order, Suspension
from youju.performance.monitoring.selectors.holding import suspension_of
from youju.performance.monitoring.selectors.lists import order_of
from youju.performance.monitoring.services.refusing import checked
from youju.rules.performance.monitoring.facts import SuspensionFacts
from youju.rules.performance.monitoring.lifecycle import OPEN, ORDER_STATES, VERIFIED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def suspend_payments(*, actor: User, number: str, reason: str) -> Suspension:
    """Decide that the project of an order gets no payments until the order is verified.

    The project's ledger is held: a payment is on its way already, or is refused from now on.

    Raises:
        PermissionDenied: the actor decides no suspensions.
        InputError: no such order (404), its project has no budget of ours or is suspended already (409).
        MonitoringRefusedError: no reason, or the order is settled.
    """
    require(actor, permissions.SUSPEND)
    row = order_of(actor, number)
    funds = row.project.funds_id
    if funds is None:
        raise InputError(
            "这个项目没有资金台账，没有付款可停",
            where=row.project.code,
            how="请先在资金项目里登记",
            status=409,
        )
    lock_ledgers([funds])
    row = Order.objects.select_for_update(of=("self",)).select_related("project").get(pk=row.pk)
    checked(SuspensionFacts("decide", timezone.localdate(), reason, row.state in OPEN))
    if Suspension.objects.filter(funds_id=funds, lifted_at__isnull=True).exists():
        raise InputError("这个项目已经暂停拨付", where=row.project.code, how="请刷新页面", status=409)
    made = Suspension.objects.create(
        order=row,
        funds_id=funds,
        code=row.project.code,
        reason=reason.strip()[:500],
        decided_by=actor.username,
        decided_name=actor.display_name,
    )
    record(events.SUSPENDED, events.suspension_subject(made), None, {"code": made.code}, reason=made.reason)
    return made


@transaction.atomic
def lift_suspension(*, actor: User, number: str, reason: str) -> Suspension:
    """Decide that payments go on before the order is verified.

    Raises:
        PermissionDenied: the actor decides no suspensions.
        InputError: no such order (404), or nothing is suspended because of it (409).
        MonitoringRefusedError: no reason.
    """
    require(actor, permissions.SUSPEND)
    row = order_of(actor, number)
    found = suspension_of(actor, row)
    if found is None:
        raise InputError("没有因这份整改通知暂停拨付", where=row.number, how="请刷新页面", status=409)
    checked(SuspensionFacts("lift", timezone.localdate(), reason, row.state in OPEN, row.state == VERIFIED))
    return _lift(actor, found, reason.strip()[:500])


def lift_verified(actor: User, order: Order) -> Suspension | None:
    """Lift what was suspended because of an order that is settled now; within the step's transaction."""
    found = Suspension.objects.filter(order=order, lifted_at__isnull=True).select_related("order").first()
    if found is None:
        return None
    return _lift(actor, found, f"整改通知{ORDER_STATES[order.state]}，恢复拨付")


def _lift(actor: User, seen: Suspension, why: str) -> Suspension:
    lock_ledgers([seen.funds_id])
    row = Suspension.objects.select_for_update(of=("self",)).select_related("order").get(pk=seen.pk)
    if row.lifted_at is not None:
        raise InputError("拨付已经恢复", where=row.code, how="请刷新页面", status=409)
    row.lifted_by, row.lifted_name, row.lifted_at = actor.username, actor.display_name, timezone.now()
    row.lifted_why = why
    row.save()
    record(events.LIFTED, events.suspension_subject(row), None, {"code": row.code}, reason=why)
    return row
