"""Which cases may be seen here: those of a flow under row-level security only where their record may be."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from youju.foundation.workflow import flows
from youju.foundation.workflow.models import Case


def seen(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The cases whose records the database shows to whoever asks."""
    for code, keys in flows.guarded().items():
        rows = rows.filter(~Q(flow=code) | Q(subject_key__in=keys))
    return rows
