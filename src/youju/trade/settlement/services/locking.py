"""Lines, reservations and receipts, taken for writing in one order: lines by id, then the reservation, then the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.settlement.facts import LineFacts
from youju.trade.settlement import events
from youju.trade.settlement.models import Lot, Receipt, Reservation

if TYPE_CHECKING:
    from youju.trade.settlement.models import Movement


def locked_lots(ids: Iterable[int], *, now: datetime | None = None) -> dict[int, Lot]:
    """Lines by id, locked; overdue reservations on them are let go first. Whoever may see them: the caller has judged that."""
    wanted = sorted(set(ids))
    rows = Lot.objects.raw("SELECT * FROM settlement_lock(%s, %s)", [wanted, now or timezone.now()])
    return {row.pk: row for row in rows}


def locked_receipt(number: str) -> Receipt:
    """A receipt in the actor's reach, locked.

    Raises:
        InputError: there is none (404).
    """
    row = Receipt.objects.select_for_update().filter(number=_clean(number)).first()
    if row is None:
        raise InputError(f"没有收汇 {number[:24]}", how="请核对收汇编号", status=404)
    return row


def reservation_in_reach(number: str) -> Reservation:
    """A reservation in the actor's reach, not locked: its line comes first.

    Raises:
        InputError: there is none (404).
    """
    row = Reservation.objects.filter(number=_clean(number)).first()
    if row is None:
        raise InputError(f"没有占用 {number[:24]}", how="请核对占用编号", status=404)
    return row


def line_facts(row: Lot) -> LineFacts:
    """A line as the rules look at it."""
    return LineFacts(
        name=line_name(row),
        currency=row.currency,
        declared=row.declared,
        reserved=row.reserved,
        collected=row.collected,
        released_on=row.released_on,
        last_on=row.last_on,
    )


def line_name(row: Lot) -> str:
    """``D230601000001-1 第 3 项``."""
    return f"{row.number}-{row.version} 第 {row.g_no} 项"


def shown_to(row: Receipt, organisations: Iterable[int]) -> None:
    """Let organisations see a receipt that turned out to be their business: what is over waits for them."""
    taking = sorted({*row.organisations, *organisations})
    if taking != row.organisations:
        row.organisations = taking
        row.save(update_fields=["organisations"])


def next_numbers(series: str, count: int = 1) -> list[int]:
    """The next numbers of ``settlement_receipt_number`` or ``settlement_reservation_number``."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s) FROM generate_series(1, %s)", [series, count])
        return [int(number) for (number,) in cursor.fetchall()]


def of_receipt(row: Receipt) -> Subject:
    """A receipt as the trail names it."""
    return Subject(events.RECEIPT_KIND, row.number, row.number)


def of_reservation(row: Reservation) -> Subject:
    """A reservation as the trail names it."""
    return Subject(events.RESERVATION_KIND, row.number, row.number)


def told_movement(row: Movement, lot: Lot | None) -> dict[str, object]:
    """A movement for the trail."""
    return {"money": row.money, "amount": row.amount, "line": line_name(lot) if lot else ""}


def _clean(text: str) -> str:
    return text.replace("\0", "").strip()
