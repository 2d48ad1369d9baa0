"""Reads of orders. Row-level security shows each person those in which the own organisation takes part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from youju.foundation.files.selectors import Attached
from youju.foundation.identity.permissions import allowed, require
from youju.rules.trade.orders.lifecycle import REGISTERED
from youju.trade.orders import permissions
from youju.trade.orders.models import Order, OrderFinding, OrderLine
from youju.trade.orders.selectors.papers import papers_of
from youju.trade.parties.selectors.directory import own_parties
from youju.trade.parties.selectors.partners import names_of, organisations_of
from youju.trade.parties.selectors.reach import readable
from youju.trade.parties.selectors.tracing import NOBODY, TracedStall, sellers, stall_on

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


# The directory gives a partner's name also to who may not read its file.
_NAME = "(SELECT d.name FROM parties_directory(ARRAY[orders_order.{}_id]) d)"


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order with all that stands on its page; ``parties``: role → (filing number, name).

    ``sides``: those of ``merchant`` and ``agent`` for which the asker speaks. ``files``: role → the party's id, where the asker
    may open its file. ``stall``: where the merchant sold on the day of the deal.
    """

    order: Order
    lines: tuple[OrderLine, ...]
    findings: tuple[OrderFinding, ...]
    parties: Mapping[str, tuple[str, str]]
    later: tuple[Order, ...]
    papers: tuple[Attached, ...]
    sides: tuple[str, ...]
    files: Mapping[str, int]
    stall: TracedStall | None


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
        waiting: only those that wait for a confirmation: by the asker's own side, or by anybody for who only oversees.

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
    return _waiting(actor, rows) if waiting else rows


def listed(*, actor: User, **wish: Any) -> QuerySet[Order]:
    """As :func:`orders`, each with ``merchant_name``, ``agent_name`` and ``buyer_name``: one query for a page of a list."""
    names = {
        f"{role}_name": RawSQL(_NAME.format(role), [], output_field=TextField())  # noqa: S611 - a text of ours
        for role in ("merchant", "agent", "buyer")
    }
    return orders(actor=actor, **wish).annotate(**names)


def _waiting(actor: User, rows: QuerySet[Order]) -> QuerySet[Order]:
    rows = rows.filter(state=REGISTERED)
    if not allowed(actor, permissions.CONFIRM):
        return rows
    own = [entry.id for entry in own_parties(actor)]
    return rows.filter(
        Q(merchant_id__in=own, merchant_confirmed_by="") | Q(agent_id__in=own, agent_confirmed_by="")
    )


def order_page(*, actor: User, number: str) -> OrderPage | None:
    """An order with lines, findings, parties, stall and later records: ten queries whatever its size.

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
    of = organisations_of(
        key for role, key in keys.items() if key is not None and role in ("merchant", "agent")
    )
    read = readable(actor, [key for key in keys.values() if key is not None])
    seller = sellers([order.merchant_id]).get(order.merchant_id, NOBODY)
    return OrderPage(
        order,
        tuple(order.lines.select_related("original")),
        tuple(order.findings.all()),
        {role: names[key] for role, key in keys.items() if key is not None and key in names},
        tuple(order.later.order_by("pk")),
        tuple(papers_of(order.number)),
        tuple(
            role
            for role in ("merchant", "agent")
            if (key := keys[role]) is not None and of.get(key) == actor.organisation_id
        ),
        {role: key for role, key in keys.items() if key in read},
        stall_on(seller.stalls, order.ordered_on),
    )


def party_names(rows: list[Order]) -> Mapping[int, tuple[str, str]]:
    """The filing numbers and names of all parties of some orders: one query."""
    return names_of(
        key for row in rows for key in (row.merchant_id, row.agent_id, row.buyer_id) if key is not None
    )


def registrars(numbers: Iterable[str]) -> set[str]:
    """Who registered these orders, by username, in the asker's reach. One query."""
    rows = Order.objects.filter(number__in=set(numbers)).exclude(created_by="")
    return set(rows.order_by().values_list("created_by", flat=True).distinct())
