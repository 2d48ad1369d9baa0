"""Sending, in a worker: a look into the outbox every few seconds, a run for each endpoint that waits."""

from __future__ import annotations

from youju.foundation.jobs.defining import job, periodic
from youju.foundation.jobs.rescuing import register_look
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.webhooks import services


@job("webhooks.deliver", title="发送状态通知", atomic=False)
def deliver(*, endpoint: int) -> dict[str, int]:
    """Send what waits for one endpoint. Not one transaction: what was sent stays sent."""
    return services.deliver_due(endpoint=endpoint)


@periodic("webhooks.clear-old", title="清理旧的状态通知", cron="40 3 * * *")
def clear() -> dict[str, int]:
    """Forget events past their time."""
    return {"deliveries": services.clear_old()}


def look() -> int:
    """Ask for a run for each endpoint that waits, one at a time for each; how many. Every worker's watcher calls it."""
    waiting = services.endpoints_due()
    for endpoint in waiting:
        with reaching_all():
            enqueue(deliver, key=str(endpoint), once=True, endpoint=endpoint)
    return len(waiting)


register_look(look)
