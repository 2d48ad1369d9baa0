"""Reads of orders. Row-level security shows each person those in which the own organisation takes part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from youju.foundation.identity.permissions import require
from youju.trade.orders import permissions
from youju.trade.orders.models import Order, OrderFinding, OrderLine
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with all that stands on its page; ``parties``: role → (filing number, name)."""

    order: Order
    lines: tuple[OrderLine, ...]
    findings: tuple[OrderFinding, ...]
    parties: Mapping[str, tuple[str, str]]
    later: tuple[Order, ...]


def orders(
    *,
    actor: User,
    text: str = "",
    state: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
    waiting: bool = False,
) -> QuerySet[Order]:
    """The orders that the actor takes part in or may oversee, unsorted.

    Args:
        actor: who asks.
        text: part of the order's number, its reference or the note.
        state: a state's code.
        kind: a kind's code.
        since: first day of the deal.
        until: last day of the deal.
        waiting: only those that wait for a confirmation.

    Raises:
        PermissionDenied: the actor may not see orders.
    """
    require(actor, permissions.VIEW)
    rows = Order.objects.all()
    if text:
        text = text.replace("\0", "").strip()
        rows = rows.filter(Q(number__icontains=text) | Q(reference__icontains=text) | Q(note__icontains=text))
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if since:
        rows = rows.filter(ordered_on__gte=since)
    if until:
        rows = rows.filter(ordered_on__lte=until)
    return rows.filter(state="registered") if waiting else rows


def order_page(*, actor: User, number: str) -> OrderPage | None:
    """An order with lines, findings, parties and later records: six queries whatever its size.

    Raises:
        PermissionDenied: the actor may not see orders.
    """
    require(actor, permissions.VIEW)
    order = Order.objects.select_related("about").filter(number=number.replace("\0", "")).first()
    if order is None:
        return None
    keys = {"merchant": order.merchant_id, "agent": order.agent_id, "buyer": order.buyer_id,
            "consolidator": order.consolidator_id}  # fmt: skip
    names = names_of(key for key in keys.values() if key is not None)
    return OrderPage(
        order,
        tuple(order.lines.all()),
        tuple(order.findings.all()),
        {role: names[key] for role, key in keys.items() if key is not None and key in names},
        tuple(order.later.order_by("pk")),
    )


def party_names(rows: list[Order]) -> Mapping[int, tuple[str, str]]:
    """The filing numbers and names of all parties of some orders: one query."""
    return names_of(
        key for row in rows for key in (row.merchant_id, row.agent_id, row.buyer_id) if key is not None
    )
