"""For buyers: how far the declarations of orders are, as one plain word; nothing of what else is declared with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from youju.foundation.kernel.context import reaching_all
from youju.rules.trade.declarations.lifecycle import (
    ACCEPTED,
    EXPORTED,
    INSPECTION,
    PLANNED,
    PRE_ENTRY,
    REJECTED,
    RELEASED,
    SENT,
)
from youju.trade.declarations.models import SourceLine
from youju.trade.orders.selectors import Progress

STAGES = {
    PLANNED: "preparing",
    PRE_ENTRY: "preparing",
    REJECTED: "preparing",
    SENT: "customs",
    ACCEPTED: "customs",
    INSPECTION: "inspection",
    RELEASED: "released",
    EXPORTED: "exported",
}
"""State of a declaration → the word for buyers, the least far first."""
_FAR = list(dict.fromkeys(STAGES.values()))


def progress_of(orders: Sequence[int]) -> Mapping[int, Progress]:
    """Order id → how far its declaration is that is the least far, with the days of release; one query.

    The caller has made sure that the orders are the asker's own.
    """
    with reaching_all():
        rows = list(
            SourceLine.objects.filter(
                order_line__order__in=orders, live=True, line__declaration__state__in=STAGES
            )
            .values_list("order_line__order", "line__declaration__state", "line__declaration__released_at")
            .distinct()
        )
    stages: dict[int, list[str]] = {}
    days: dict[int, set[date]] = {}
    for order, state, released in rows:
        stages.setdefault(order, []).append(STAGES[state])
        if released is not None:
            days.setdefault(order, set()).add(timezone.localtime(released).date())
    return {
        order: Progress(min(found, key=_FAR.index), tuple(sorted(days.get(order, ()))))
        for order, found in stages.items()
    }
