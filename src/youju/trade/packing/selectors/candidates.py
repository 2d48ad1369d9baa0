"""Orders that an open consolidation could take: confirmed, same agent, country and currency, something left of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F

from youju.trade.orders.selectors import orders, party_names
from youju.trade.packing.models import Balance, Consolidation

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST = 200


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order of which something may still be consolidated; figures are the whole order's."""

    number: str
    merchant: str
    ordered_on: str
    lines: int
    packages: int
    gross_weight: Decimal
    amount: Decimal
    begun: bool


def candidates(*, actor: User, number: str) -> tuple[Candidate, ...]:
    """The newest orders that fit an open consolidation, at most 200. Four queries.

    Raises:
        PermissionDenied: the actor may not see orders.
    """
    row = Consolidation.objects.filter(number=number.replace("\0", ""), state="open").first()
    if row is None:
        return ()
    rows = orders(actor=actor, state="confirmed", kind="sale").filter(
        country=row.country, currency=row.currency
    )
    rows = rows.filter(agent=row.agent_id) | rows.filter(agent=None)
    # What is used up has gone through a balance of every line.
    used = (
        Balance.objects.filter(quantity_out__gte=F("quantity_in"), order_line__order__in=rows.values("pk"))
        .values(order=F("order_line__order"))
        .annotate(lines=Count("pk"))
        .filter(lines=F("order_line__order__lines_count"))
    )
    found = list(rows.exclude(pk__in=used.values("order")).order_by("-pk")[:MOST])
    begun = set(
        Balance.objects.filter(
            quantity_out__gt=0, order_line__order__in=[each.pk for each in found]
        ).values_list("order_line__order", flat=True)
    )
    names = party_names(found)
    return tuple(
        Candidate(
            each.number, names.get(each.merchant_id, ("", ""))[1], each.ordered_on.isoformat(), each.lines_count,
            each.packages, each.gross_weight, each.amount, each.pk in begun,
        )
        for each in found
    )  # fmt: skip
