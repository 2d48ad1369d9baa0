"""The customs rates of each month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.trade.orders import permissions
from youju.trade.orders.models import Rate

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def rates(*, actor: User, currency: str = "", month: date | None = None) -> QuerySet[Rate]:
    """The rates, unsorted.

    Args:
        actor: who asks.
        currency: three letters.
        month: any day of the month.

    Raises:
        PermissionDenied: the actor does not keep the rates.
    """
    require(actor, permissions.RATES)
    rows = Rate.objects.all()
    if currency:
        rows = rows.filter(currency=currency.strip().upper())
    return rows.filter(month=month.replace(day=1)) if month else rows


def month_rates(day: date) -> dict[str, Decimal]:
    """Currency → CNY for one unit of it, by the customs rates of the month of a day; for rooms above. One query."""
    return dict(Rate.objects.filter(month=day.replace(day=1)).values_list("currency", "rate"))
