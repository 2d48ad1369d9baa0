"""A foreign buyer's own purchases, and how far they are: what stands on them further on is told by the rooms above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.identity.permissions import require
from youju.rules.trade.orders.lifecycle import DRAFT
from youju.trade.orders import permissions
from youju.trade.orders.models import Order, OrderLine
from youju.trade.parties.selectors.directory import directory
from youju.trade.parties.selectors.partners import ids_of_role

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order is in a room above.

    ``stage`` is that room's word for it. ``days``: when something came about; ``papers``: numbers of bills of lading;
    ``containers``: those in which goods of the order stand. Nothing of anybody else's goods.
    """

    stage: str
    days: tuple[date, ...] = ()
    papers: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()


Teller = Callable[[Sequence[int]], Mapping[int, Progress]]
_tellers: dict[str, Teller] = {}


def register_progress(name: str, teller: Teller) -> None:
    """Let a room above tell how far orders are: ``teller(ids)`` gives those of which it knows something, in few queries."""
    _tellers[name] = teller


@dataclass(frozen=True, slots=True)
class Standing:
    """A purchase as its buyer sees it: parties by name (Chinese, English where there is one), progress by room."""

    seller: tuple[str, str]
    agent: tuple[str, str]
    progress: Mapping[str, Progress] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PurchasePage:
    """One purchase with its lines and the later records about it."""

    order: Order
    standing: Standing
    lines: tuple[OrderLine, ...]
    later: tuple[Order, ...]


def purchases(*, actor: User, text: str = "", state: str = "") -> QuerySet[Order]:
    """The orders in which the actor's own party is the buyer, unsorted; what a merchant has not registered yet is not among them.

    Args:
        actor: who asks.
        text: part of the order's number.
        state: a state's code.

    Raises:
        PermissionDenied: the actor is no buyer.
    """
    require(actor, permissions.PURCHASES)
    rows = Order.objects.filter(buyer_id__in=_own(actor)).exclude(state=DRAFT)
    if text:
        rows = rows.filter(number__icontains=text.replace("\0", "").strip())
    return rows.filter(state=state) if state else rows


def standings(rows: Iterable[Order]) -> dict[int, Standing]:
    """Order id → what its buyer sees beyond it, for purchases that were read before: a few queries for a page of a list."""
    orders = list(rows)
    if not orders:
        return {}
    names = {
        key: (entry.name, entry.name_en)
        for key, entry in directory(
            key for row in orders for key in (row.merchant_id, row.agent_id) if key is not None
        ).items()
    }
    told = {name: teller([row.pk for row in orders]) for name, teller in _tellers.items()}
    return {
        row.pk: Standing(
            names.get(row.merchant_id, ("", "")),
            names.get(row.agent_id, ("", "")) if row.agent_id is not None else ("", ""),
            {name: found[row.pk] for name, found in told.items() if row.pk in found},
        )
        for row in orders
    }


def purchase_page(*, actor: User, number: str) -> PurchasePage | None:
    """One purchase, or ``None`` where it is not the actor's own.

    Raises:
        PermissionDenied: the actor is no buyer.
    """
    own = purchases(actor=actor)
    order = own.select_related("about").filter(number=number.replace("\0", "")).first()
    if order is None:
        return None
    later = tuple(own.filter(about=order).order_by("pk"))
    return PurchasePage(order, standings([order])[order.pk], tuple(order.lines.all()), later)


def _own(actor: User) -> tuple[int, ...]:
    return ids_of_role(actor.organisation_id, "buyer") if actor.organisation_id is not None else ()
