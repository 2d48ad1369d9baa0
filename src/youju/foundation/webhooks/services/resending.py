"""A test event, and an event once more."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.webhooks import events, kinds, permissions
from youju.foundation.webhooks.models import PENDING, Delivery
from youju.foundation.webhooks.services.registering import locked, subject_of
from youju.rules.webhooks.lifecycle import ACTIVE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def send_test(*, actor: User, endpoint: int) -> Delivery:
    """Put a test event into the outbox of one endpoint.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
        InputError: no such endpoint (404), or it is paused or stopped (409).
    """
    require(actor, permissions.MANAGE)
    with reaching_all():
        row = locked(endpoint)
        if row.state != ACTIVE:
            raise InputError("这个接收地址没有在接收", where=row.name, how="请先恢复，再发测试", status=409)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('webhooks_sequence')")
            sequence = int(cursor.fetchone()[0])
        made = Delivery.objects.create(
            endpoint=row,
            organisation_id=row.organisation_id,
            event=uuid.uuid4(),
            type=kinds.TEST,
            kind=events.KIND,
            key=str(row.pk),
            number="",
            before="",
            after="",
            sequence=sequence,
            occurred_at=timezone.now(),
            next_try_at=timezone.now(),
            excerpt="",
        )
        record(events.TESTED, subject_of(row), None, {"event": str(made.event)})
    return made


@transaction.atomic
def redeliver(*, actor: User, endpoint: int, delivery: int) -> Delivery:
    """Send an event once more, now, under its id: one that was given up, or one that the receiver lost.

    Raises:
        PermissionDenied: the actor may not manage webhooks.
        InputError: no such endpoint or event (404).
    """
    require(actor, permissions.MANAGE)
    with reaching_all():
        row = locked(endpoint)
        found = Delivery.objects.select_for_update().filter(pk=delivery, endpoint=row).first()
        if found is None:
            raise InputError("没有这条通知", how="它可能已按保留期限清理，请刷新页面", status=404)
        found.state, found.attempts, found.next_try_at = PENDING, 0, timezone.now()
        found.save(update_fields=["state", "attempts", "next_try_at"])
        told = {"event": str(found.event), "type": found.type, "number": found.number}
        record(events.REDELIVERED, subject_of(row), None, told)
    return found
