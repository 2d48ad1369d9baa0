"""Sending what stands in the outbox: at least once, under one id, in order for each record.

An attempt is written down before it is made. Whoever dies between the POST and its mark leaves an event that is sent again
after its pause, under the same id. Events of one record follow one another: a later one waits for the earlier.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import unseal
from youju.foundation.webhooks import limits, signing
from youju.foundation.webhooks.facts import body_of
from youju.foundation.webhooks.models import FAILED, PENDING, SENT, Delivery, Endpoint
from youju.foundation.webhooks.posting import Reply, post
from youju.foundation.webhooks.services.registering import subject_of
from youju.foundation.workflow.services import lapse
from youju.rules.webhooks.lifecycle import ACTIVE, ENDPOINT_FLOW

# How long one run goes on: a worker has other work too. What is left is taken up within seconds.
_RUN_SECONDS = 30.0

_DUE = """
FROM webhooks_delivery d JOIN webhooks_endpoint e ON e.id = d.endpoint_id
WHERE d.state = 'pending' AND e.state = 'active' AND d.next_try_at <= clock_timestamp()
  AND NOT EXISTS (SELECT 1 FROM webhooks_delivery b WHERE b.state = 'pending' AND b.endpoint_id = d.endpoint_id
                  AND b.kind = d.kind AND b.key = d.key AND b.id < d.id)
"""
_WHERE_DUE = f"SELECT DISTINCT d.endpoint_id {_DUE}"
_NEXT_DUE = f"SELECT d.id {_DUE} AND d.endpoint_id = %s ORDER BY d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED"


def endpoints_due() -> list[int]:
    """Ids of the endpoints for which something is to be sent now. One query."""
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(_WHERE_DUE)
        return [int(row[0]) for row in cursor.fetchall()]


def deliver_due(*, endpoint: int) -> dict[str, int]:
    """Send what is due at one endpoint, for at most half a minute; how many were sent and how many were not.

    Called by a job of which one at a time runs for an endpoint. Ends early where the receiver cannot be reached at all.
    """
    counts, end = {"sent": 0, "failed": 0}, time.monotonic() + _RUN_SECONDS
    with reaching_all():
        while time.monotonic() < end:
            row = _begin(endpoint)
            if row is None:
                break
            reply = _send(row)
            _mark(row, reply)
            counts["sent" if reply.taken else "failed"] += 1
            if reply.status is None:
                break
    return counts


@transaction.atomic
def clear_old() -> int:
    """Forget events that are older than the policy keeps them; how many. For a periodic job."""
    with reaching_all():
        return Delivery.objects.filter(occurred_at__lt=timezone.now() - limits.keep()).delete()[0]


@transaction.atomic
def _begin(endpoint: int) -> Delivery | None:
    """The next event, its attempt written down: it is not due again before its pause is over."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_DUE, [endpoint])
        found = cursor.fetchone()
    if found is None:
        return None
    row = Delivery.objects.select_related("endpoint").get(pk=found[0])
    now = timezone.now()
    row.attempts += 1
    row.tried_at = now
    row.next_try_at = now + max(limits.pause(row.attempts), timedelta(seconds=2 * limits.timeout()))
    row.save(update_fields=["attempts", "tried_at", "next_try_at"])
    return row


def _send(row: Delivery) -> Reply:
    body, now = body_of(row), timezone.now()
    secrets = [unseal(row.endpoint.secret)]
    if row.endpoint.earlier_secret and row.endpoint.earlier_until and row.endpoint.earlier_until > now:
        secrets.append(unseal(row.endpoint.earlier_secret))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "youju-webhooks/1",
        "Youju-Event-Id": str(row.event),
        "Youju-Event-Type": row.type,
        signing.HEADER: signing.header(secrets, int(now.timestamp()), body),
    }
    return post(row.endpoint.url, body, headers, seconds=limits.timeout())


@transaction.atomic
def _mark(row: Delivery, reply: Reply) -> None:
    """Write down what came of an attempt, on the event and on its endpoint."""
    endpoint = Endpoint.objects.select_for_update().get(pk=row.endpoint_id)
    now = timezone.now()
    told: dict[str, Any] = {"status": reply.status, "excerpt": reply.excerpt}
    if reply.taken:
        told |= {"state": SENT, "sent_at": now, "next_try_at": None}
        endpoint.failing_since, endpoint.sent_at = None, now
    else:
        if row.attempts >= limits.attempts():
            told |= {"state": FAILED, "next_try_at": None}
        else:
            told |= {"next_try_at": now + limits.pause(row.attempts)}
        endpoint.failing_since = endpoint.failing_since or now
    # Only what is still as this attempt left it: somebody may have asked for it anew meanwhile.
    Delivery.objects.filter(pk=row.pk, state=PENDING, attempts=row.attempts).update(**told)
    if (
        endpoint.state == ACTIVE
        and endpoint.failing_since
        and now - endpoint.failing_since >= limits.failing()
    ):
        days = limits.failing().days
        view = lapse(
            flow=ENDPOINT_FLOW,
            subject=subject_of(endpoint),
            transition="stop",
            reason=f"连续 {days} 天没有一条通知送到；最后一次：{reply.excerpt[:200] or reply.status}",
        )
        endpoint.state = view.state
    endpoint.save(update_fields=["state", "failing_since", "sent_at"])
