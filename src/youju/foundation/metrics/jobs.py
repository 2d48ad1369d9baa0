"""The room's jobs, and asking for one of them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.jobs.defining import Progress, periodic
from youju.foundation.jobs.services import enqueue
from youju.foundation.metrics import events, permissions
from youju.foundation.metrics.services.lake import refresh_lake, subject, verify_lake

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@periodic("metrics.lake.refresh", title="刷新数据湖", cron="15 * * * *", atomic=False)
def refresh(*, progress: Progress) -> dict[str, Any]:
    """Bring the lake to the state of the database, every hour and on request."""
    done = refresh_lake(tell=progress.say)
    return {
        "version": done.manifest.version,
        "rows": done.manifest.rows,
        "records": done.records,
        "months": sum(map(len, done.months.values())),
    }


@periodic("metrics.lake.verify", title="每夜核对数据湖", cron="40 2 * * *", atomic=False)
def verify(*, progress: Progress) -> dict[str, Any]:
    """Check the lake against the database, every night."""
    done = verify_lake(tell=progress.say)
    return {
        "files": done.files,
        "rows": done.rows,
        "differences": len(done.differences),
        "findings": [each.sentence for each in done.differences[:20]],
    }


@transaction.atomic
def ask_for_refresh(*, actor: User) -> uuid.UUID:
    """Let a worker refresh the lake now; where such a run waits already, that one. The run's id.

    Raises:
        PermissionDenied: the actor may not have the lake refreshed.
    """
    require(actor, permissions.REFRESH)
    run = enqueue(refresh, subject=subject(), key="metrics.lake", once=True)
    record(events.ASKED, subject())
    return run
