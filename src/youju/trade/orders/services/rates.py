"""The customs rates of a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.trade.orders import events, permissions
from youju.trade.orders.models import Order, Rate

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class MonthRate:
    """What one unit of a currency is worth in CNY in a month (its first day)."""

    month: date
    currency: str
    rate: Decimal
    source: str = ""

    @property
    def key(self) -> str:
        """How the trail names it."""
        return f"{self.month:%Y-%m} {self.currency}"


@transaction.atomic
def store_rates(*, actor: User, rows: Sequence[MonthRate]) -> list[dict[str, Any]]:
    """Write rates; one that is there is replaced. What stood before, as JSON, for taking it back.

    Orders keep the rate under which they were registered.

    Raises:
        PermissionDenied: the actor does not keep the rates.
    """
    require(actor, permissions.RATES)
    keys = [(row.month, row.currency) for row in rows]
    found = Rate.objects.filter(month__in={key[0] for key in keys}).select_for_update()
    before = {(row.month, row.currency): row for row in found}
    Rate.objects.bulk_create(
        [Rate(month=row.month, currency=row.currency, rate=row.rate, source=row.source, entered_by=actor.username)
         for row in rows],
        update_conflicts=True,
        unique_fields=["month", "currency"],
        update_fields=["rate", "source", "entered_by"],
    )  # fmt: skip
    record_many(
        events.RATES_LOADED,
        [
            (
                Subject(events.RATE_KIND, row.key, row.key),
                {"rate": was.rate} if (was := before.get((row.month, row.currency))) else None,
                {"rate": row.rate},
            )
            for row in rows
        ],
    )
    return [
        {
            "month": row.month.isoformat(),
            "currency": row.currency,
            "rate": str(row.rate),
            "was": str(was.rate) if (was := before.get((row.month, row.currency))) else "",
        }
        for row in rows
    ]


@transaction.atomic
def restore_rates(*, actor: User, kept: Sequence[dict[str, Any]]) -> None:
    """As it was before :func:`store_rates`.

    Raises:
        InputError: a rate was changed since, or orders were registered under one that would go (409).
    """
    require(actor, permissions.RATES)
    for each in kept:
        month, currency = date.fromisoformat(each["month"]), each["currency"]
        row = Rate.objects.select_for_update().filter(month=month, currency=currency).first()
        name = f"{each['month'][:7]} {currency}"
        if row is None or row.rate != Decimal(each["rate"]):
            raise InputError("这个汇率后来改过", where=name, how="请直接导入正确的汇率", status=409)
        if rest_on(month, currency):
            raise InputError("已有交易单按这个汇率登记", where=name, how="请直接导入正确的汇率", status=409)
        if each["was"]:
            row.rate = Decimal(each["was"])
            row.save(update_fields=["rate"])
        else:
            row.delete()
        record_many(
            events.RATES_LOADED,
            [(Subject(events.RATE_KIND, name, name), {"rate": each["rate"]}, {"rate": each["was"]})],
        )


def rest_on(month: date, currency: str) -> bool:
    """Whether an order in the actor's reach was registered under a rate."""
    return Order.objects.filter(rate_month=month, currency=currency).exists()


# Of each good and currency the last twenty prices of confirmed or registered sales, by day, then by when they came.
_USUAL = """
INSERT INTO orders_usualprice (good_id, currency, price, deals, counted_at)
SELECT good_id, currency, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY price)::numeric, 4), count(*), now()
FROM (SELECT l.good_id, o.currency, l.price,
             row_number() OVER (PARTITION BY l.good_id, o.currency ORDER BY o.ordered_on DESC, l.id DESC) AS place
      FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
      WHERE o.kind = 'sale' AND o.state IN ('registered', 'confirmed') AND l.price > 0) AS last
WHERE place <= %s
GROUP BY good_id, currency
ON CONFLICT (good_id, currency) DO UPDATE SET price = excluded.price, deals = excluded.deals, counted_at = excluded.counted_at
"""
_GONE = """
DELETE FROM orders_usualprice u WHERE NOT EXISTS (
  SELECT 1 FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
  WHERE l.good_id = u.good_id AND o.currency = u.currency AND o.kind = 'sale'
    AND o.state IN ('registered', 'confirmed') AND l.price > 0)
"""


@transaction.atomic
def count_usual_prices(last: int) -> int:
    """Count the usual prices anew: the median of the last prices of each good and currency; how many there are.

    Args:
        last: of how many sales at most.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GONE)
        cursor.execute(_USUAL, [last])
        return int(cursor.rowcount)
