"""What can be asked for on the operations pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit import events
from youju.foundation.audit.selectors import Line, entries, line
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission, require
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TRAIL = Subject("audit.trail", "all", "全部审计记录")


@transaction.atomic
def note_list_export(*, actor: User, filters: str) -> None:
    """Record that a filtered list of the trail was handed out."""
    require(actor, Permission.AUDIT_EXPORT)
    record(events.LIST_EXPORTED, TRAIL, None, {"filters": filters[:500]})


def last_verification() -> Line | None:
    """When the trail was last checked, and with what result."""
    row = entries(verb=events.VERIFIED.code).order_by("-at").first()
    return line(row) if row else None
