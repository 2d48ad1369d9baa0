"""What a bank may know of a line that it names: how much is left, not whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.trade.parties.selectors.partners import names_of
from youju.trade.settlement import permissions

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Offered:
    """A line for a bank. ``line`` is what :func:`services.reserve` asks for; ``consignor`` is the merchant's number, masked."""

    line: int
    declaration: str
    entry_number: str
    g_no: int
    currency: str
    declared: Decimal
    available: Decimal
    released_on: date
    consignor: str


def look(*, actor: User, number: str, g_no: int, now: datetime | None = None) -> list[Offered]:
    """The lines of a declaration (ours or customs' number) under an item number: one for each consignor. Two queries.

    Raises:
        PermissionDenied: the actor may not reserve.
    """
    require(actor, permissions.RESERVE)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM settlement_look(%s, %s, %s)",
            [number.replace("\0", "").strip(), g_no, now or timezone.now()],
        )
        rows = cursor.fetchall()
    names = names_of(row[-1] for row in rows)
    return [Offered(*(*row[:-1], masked(names.get(row[-1], ("", ""))[0]))) for row in rows]


def masked(number: str) -> str:
    """A filing number with its last four characters alone: ``******0017``."""
    return "*" * max(len(number) - 4, 2) + number[-4:] if number else "******"
