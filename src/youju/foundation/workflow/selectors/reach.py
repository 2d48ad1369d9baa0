"""Which cases may be seen here: those of a flow under row-level security only where their record may be."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from youju.foundation.workflow import flows
from youju.foundation.workflow.models import Case


def seen(rows: QuerySet[Case], among: Collection[str] | None = None) -> QuerySet[Case]:
    """The cases whose records the database shows to whoever asks; ``among``: they are of these flows alone."""
    for code, keys in flows.guarded().items():
        if among is not None and code not in among:
            continue
        rows = rows.filter(~Q(flow=code) | Q(subject_key__in=keys))
    return rows
