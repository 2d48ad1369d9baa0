"""The ledger opens when a declaration is released, and is reversed where it does not stand any more. Both may come twice."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.context import current
from youju.foundation.kernel.subjects import Subject
from youju.trade.settlement import events
from youju.trade.settlement.models import Lot


@transaction.atomic
def open_declaration(declaration: int) -> int:
    """Open the lines of one released declaration, in the transaction that releases it; how many are new."""
    return _open(declaration, None)


@transaction.atomic
def open_released(since: date | None = None) -> int:
    """Open the lines of all released declarations that have none; how many are new.

    Args:
        since: only those released since this day; without it all of them.
    """
    return _open(None, since)


def _open(declaration: int | None, since: date | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT settlement_open(%s, %s)", [declaration, since])
        return int(cursor.fetchone()[0])


@transaction.atomic
def reverse_declaration(declaration: int, *, reason: str) -> int:
    """Reverse the lines of a declaration that was withdrawn or corrected after its release; how many lines ended.

    Reservations are let go, money that was written off stands unmatched again.
    """
    day, actor = timezone.localdate(), current().actor
    with connection.cursor() as cursor:
        cursor.execute("SELECT settlement_reverse(%s, %s, %s, %s)", [declaration, day, actor, reason])
        count = int(cursor.fetchone()[0])
    if count:
        row = Lot.objects.filter(declaration=declaration).first()
        key = f"{row.number}-{row.version}" if row else str(declaration)
        record(events.REVERSED, Subject(events.LEDGER_KIND, key, key), None, {"lines": count}, reason=reason)
    return count


def reverse_gone() -> int:
    """Reverse the lines of declarations that were released once and do not stand any more; how many lines ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT l.declaration_id FROM settlement_lot l WHERE l.live AND NOT EXISTS"
            " (SELECT 1 FROM declarations_released_heads h WHERE h.declaration_id = l.declaration_id)"
        )
        gone = [int(declaration) for (declaration,) in cursor.fetchall()]
    return sum(reverse_declaration(each, reason="报关单已撤销或更正") for each in gone)
