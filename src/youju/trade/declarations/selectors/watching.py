"""For the watch over operations: what was sent to customs and has come no further."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from youju.rules.trade.declarations.lifecycle import ACCEPTED, INSPECTION, SENT
from youju.trade.declarations.models import Declaration, Message


@dataclass(frozen=True, slots=True)
class Waiting:
    """A declaration that was sent and is neither released nor ended. ``key``: its number and version."""

    key: str
    port: str
    sent_at: datetime
    amount_cny: Decimal


def sent_not_released() -> tuple[Waiting, ...]:
    """Declarations in the asker's reach that wait at customs, the longest first. One query."""
    rows = Declaration.objects.filter(state__in=(SENT, ACCEPTED, INSPECTION)).exclude(sent_at=None)
    return tuple(
        Waiting(str(row), row.port, row.sent_at, row.amount_cny)
        for row in rows.order_by("sent_at", "pk")
        if row.sent_at
    )


def messages_unanswered() -> tuple[tuple[str, datetime], ...]:
    """Messages in the asker's reach that went out and have no reply: their name and when they were made. One query."""
    rows = Message.objects.filter(state__in=("sent", "unanswered"), direction="out")
    return tuple(rows.order_by("created_at", "pk").values_list("name", "created_at"))
