"""What can be asked for on the operations pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit import events
from youju.foundation.audit.selectors import Line, entries, line
from youju.foundation.kernel.subjects import Subject

if TYPE_CHECKING:
    pass

TRAIL = Subject("audit.trail", "all", "全部审计记录")


def last_verification() -> Line | None:
    """When the trail was last checked, and with what result."""
    row = entries(verb=events.VERIFIED.code).order_by("-at").first()
    return line(row) if row else None
