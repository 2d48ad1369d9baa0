"""The room's jobs, where jobs are looked for. ``make`` stands in ``making``: the services that enqueue it lie below."""

from __future__ import annotations

from youju.foundation.documents.clearing import clear_old
from youju.foundation.documents.making import make
from youju.foundation.jobs.defining import periodic

__all__ = ["clear", "make"]


@periodic("documents.clear-old", title="清理过期的文书", cron="0 4 * * *")
def clear() -> dict[str, int]:
    """Let documents go that are past the time the policies keep them."""
    return clear_old()
