"""Who paid, and whether that was the buyer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youju.rules.trade.settlement.names import ALIKE, UNLIKE
from youju.trade.settlement.models import Movement


@dataclass(frozen=True, slots=True)
class PaidByOther:
    """A write-off whose payer is not the buyer. ``level``: ``unlike`` or ``alike``; ``explanation`` empty where there is none."""

    movement: int
    receipt: str
    reference: str
    received_on: date
    payer: str
    payer_country: str
    line: int
    declaration: int
    number: str
    g_no: int
    merchant: int
    agent: int
    amount_cny: Decimal
    level: str
    explanation: str


def receipts_unlike_buyer(
    *,
    since: date | None = None,
    until: date | None = None,
    merchants: Iterable[int] | None = None,
    alike: bool = False,
) -> list[PaidByOther]:
    """Write-offs in the asker's reach whose payer is not the buyer, by day; what was taken back in full is left out. Two queries.

    Args:
        since: first day of the receipt.
        until: last day.
        merchants: only theirs (party ids).
        alike: also those whose names are near but not the same.
    """
    levels = [UNLIKE, ALIKE] if alike else [UNLIKE]
    rows = Movement.objects.filter(kind="match", payer__in=levels).select_related("receipt", "lot")
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    if merchants is not None:
        rows = rows.filter(lot__merchant__in=list(merchants))
    found = list(rows.order_by("day", "pk"))
    back: dict[int, Decimal] = {}
    for of, amount in Movement.objects.filter(of__in=[row.pk for row in found]).values_list("of", "amount"):
        back[of or 0] = back.get(of or 0, Decimal(0)) + amount
    return [
        PaidByOther(
            row.pk, row.receipt.number, row.receipt.reference, row.day, row.receipt.payer_name, row.receipt.payer_country,
            row.lot.pk, row.lot.declaration_id, row.lot.number, row.lot.g_no, row.lot.merchant_id, row.lot.agent_id,
            row.money_cny, row.payer, row.receipt.third_party,
        )
        for row in found
        if row.lot is not None and back.get(row.pk, Decimal(0)) < row.amount
    ]  # fmt: skip
