"""The rates of days: written by import, asked for by every receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.trade.settlement import events, permissions
from youju.trade.settlement.models import Rate, Receipt

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class DayRate:
    """What one unit of a currency is worth in CNY on a day."""

    day: date
    currency: str
    rate: Decimal
    source: str = ""

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"{self.day.isoformat()} {self.currency}"


@transaction.atomic
def store_rates(*, actor: User, rows: Sequence[DayRate]) -> list[dict[str, Any]]:
    """Write rates; one that is there is replaced. What stood before, as JSON, for taking it back. Receipts keep theirs.

    Raises:
        PermissionDenied: the actor may not import.
    """
    require(actor, permissions.IMPORT)
    found = Rate.objects.filter(day__in={row.day for row in rows}).select_for_update()
    before = {(row.day, row.currency): row.rate for row in found}
    Rate.objects.bulk_create(
        [Rate(day=row.day, currency=row.currency, rate=row.rate, source=row.source, entered_by=actor.username)
         for row in rows],
        update_conflicts=True,
        unique_fields=["currency", "day"],
        update_fields=["rate", "source", "entered_by"],
    )  # fmt: skip
    kept = []
    deeds = []
    for row in rows:
        was = before.get((row.day, row.currency))
        kept.append(
            {
                "day": row.day.isoformat(),
                "currency": row.currency,
                "rate": str(row.rate),
                "was": str(was) if was else "",
            }
        )
        deeds.append(
            (Subject(events.RATE_KIND, row.key, row.key), {"rate": was} if was else None, {"rate": row.rate})
        )
    record_many(events.RATES_LOADED, deeds)
    return kept


@transaction.atomic
def restore_rates(*, actor: User, kept: Sequence[dict[str, Any]]) -> None:
    """As it was before :func:`store_rates`.

    Raises:
        InputError: a rate was changed since, or receipts stand on one that would go (409).
    """
    require(actor, permissions.IMPORT)
    for each in kept:
        day, currency, name = (
            date.fromisoformat(each["day"]),
            each["currency"],
            f"{each['day']} {each['currency']}",
        )
        row = Rate.objects.select_for_update().filter(day=day, currency=currency).first()
        if row is None or row.rate != Decimal(each["rate"]):
            raise InputError("这个汇率后来改过", where=name, how="请直接导入正确的汇率", status=409)
        if Receipt.objects.filter(received_on=day, currency=currency).exists():
            raise InputError("已有收汇按这个汇率折算", where=name, how="请直接导入正确的汇率", status=409)
        if each["was"]:
            row.rate = Decimal(each["was"])
            row.save(update_fields=["rate"])
        else:
            row.delete()
        record_many(
            events.RATES_LOADED,
            [(Subject(events.RATE_KIND, name, name), {"rate": each["rate"]}, {"rate": each["was"]})],
        )
