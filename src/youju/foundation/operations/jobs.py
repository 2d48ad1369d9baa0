"""The periodic care of the rooms below."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.services import publish_root
from youju.foundation.audit.services import verify_trail as verify
from youju.foundation.files.caring import collect_orphans
from youju.foundation.identity.counting import forget
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.identity.services import clear_sessions
from youju.foundation.identity.services.idempotency import forget_requests
from youju.foundation.jobs.defining import Progress, job, periodic
from youju.foundation.jobs.services import enqueue
from youju.foundation.operations.services import TRAIL

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_HOUR_AGO = 60


@periodic("audit.publish-root", title="公布审计根", cron="5 0 * * *", atomic=False)
def publish() -> dict[str, Any]:
    """Publish the root of the day, once."""
    return publish_root()


@job("audit.verify", title="核对审计记录", atomic=False)
def verify_trail(*, progress: Progress) -> dict[str, Any]:
    """Check the whole trail, witnesses and roots."""
    result = verify(progress)
    return {
        "entries": result.entries,
        "segments": result.segments,
        "faults": result.faults,
        "findings": [each.sentence for each in result.findings[:20]],
    }


@periodic("audit.verify-nightly", title="每夜核对审计记录", cron="20 2 * * *", atomic=False)
def verify_nightly(*, progress: Progress) -> dict[str, Any]:
    """The same, every night."""
    return verify_trail(progress=progress)


@periodic("files.collect-orphans", title="清理没有引用的文件", cron="10 3 * * *", atomic=False)
def collect() -> dict[str, Any]:
    """Remove kept files that nothing refers to."""
    return dict(collect_orphans())


@periodic("identity.clear-sessions", title="清理过期的登录", cron="30 * * * *")
def clear() -> dict[str, Any]:
    """Forget expired sessions, old request counts and old answers to repeated requests."""
    return {
        "sessions": clear_sessions(),
        "counts": forget(int(time.time()) // 60 - _HOUR_AGO),
        "requests": forget_requests(),
    }


@transaction.atomic
def ask_for_verification(*, actor: User) -> uuid.UUID:
    """Let a worker check the whole trail; one at a time, the run's id.

    Raises:
        PermissionDenied: the actor may not export the trail.
    """
    require(actor, Permission.AUDIT_EXPORT)
    return enqueue(verify_trail, subject=TRAIL, key="audit.verify", once=True)
