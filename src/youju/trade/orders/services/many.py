"""Thousands of orders at once, by COPY: what a spreadsheet brings in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.imports.staging import copy_rows
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.orders.judging import Judgement
from youju.trade.orders import events, permissions
from youju.trade.orders.facts import Known
from youju.trade.orders.services import numbering, writing
from youju.trade.orders.services.deciding import returns_changed
from youju.trade.orders.services.registering import entry_of, sides_of, state_after

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

# The head's columns and the names under which ``writing.head_values`` gives them.
_HEAD = {
    "kind": "kind", "about_id": "about", "state": "state", "organisations": "organisations", "sections": "sections",
    "merchant_id": "merchant", "agent_id": "agent", "buyer_id": "buyer", "ordered_on": "ordered_on", "country": "country",
    "currency": "currency", "rate": "rate", "rate_month": "rate_month", "exemption_mode": "exemption_mode",
    "collected_by_agent": "collected_by_agent", "amount": "amount", "amount_cny": "amount_cny", "packages": "packages",
    "net_weight": "net_weight", "gross_weight": "gross_weight", "volume": "volume", "lines_count": "lines",
    "channel": "channel", "reference": "reference", "note": "note", "merchant_confirmed_by": "merchant_by",
    "merchant_confirmed_at": "merchant_at", "agent_confirmed_by": "agent_by", "agent_confirmed_at": "agent_at",
    "as_of": "ordered_on", "policy_hash": "policy_hash", "created_by": "created_by", "registered_at": "registered_at",
    "confirmed_at": "confirmed_at",
}  # fmt: skip


@transaction.atomic
def register_many(*, actor: User, judged: Sequence[tuple[Known, Judgement]]) -> list[tuple[int, str]]:
    """Write orders that the rules have let pass; ids and numbers in the same order. Each gets its entry on the trail.

    Raises:
        PermissionDenied: the actor may not register, or belongs to neither side of one of them; none is written then.
    """
    require(actor, permissions.EDIT)
    if not judged:
        return []
    heads = []
    for known, _ in judged:
        sides = sides_of(actor, known)
        heads.append(
            writing.head_values(known, state=state_after(known, sides), by=actor.username, sides=sides)
        )
    keys = _keys(len(judged))
    numbers = [
        numbering.number_of(head["ordered_on"], serial) for head, (_, serial) in zip(heads, keys, strict=True)
    ]
    copy_rows(
        "orders_order",
        ("id", "number", "revision", "is_demo", *_HEAD),
        (
            (key, number, 0, False, *(head[name] for name in _HEAD.values()))
            for (key, _), number, head in zip(keys, numbers, heads, strict=True)
        ),
    )
    ids = [key for key, _ in keys]
    copy_rows("orders_orderline", ("order_id", *writing.LINE_COLUMNS), _lines(ids, judged))
    findings = _findings(ids, judged, actor.username, _now())
    copy_rows(
        "orders_orderfinding",
        ("order_id", *writing.FINDING_COLUMNS, "explained_by", "explained_at"),
        findings,
    )
    for sale in sorted({known.about for known, _ in judged if known.about is not None}):
        returns_changed(sale)
    record_many(
        events.REGISTERED,
        [
            (Subject(events.ORDER_KIND, number, number), None, entry_of(known))
            for number, (known, _) in zip(numbers, judged, strict=True)
        ],
    )
    return list(zip(ids, numbers, strict=True))


def _keys(count: int) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('orders_order', 'id')), nextval('orders_number')"
            " FROM generate_series(1, %s)",
            [count],
        )
        return [(int(key), int(serial)) for key, serial in cursor.fetchall()]


def _lines(ids: Sequence[int], judged: Iterable[tuple[Known, Judgement]]) -> Iterator[tuple[Any, ...]]:
    for key, (known, _) in zip(ids, judged, strict=True):
        for row in writing.line_rows(known):
            yield (key, *row)


def _now() -> Any:
    """The transaction's time: asked before the COPY, which takes the connection for itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def _findings(
    ids: Sequence[int], judged: Sequence[tuple[Known, Judgement]], by: str, now: Any
) -> Iterator[tuple[Any, ...]]:
    for key, (known, said) in zip(ids, judged, strict=True):
        for row in writing.finding_rows(known, said.findings):
            explained = bool(row[-1])
            yield (key, *row, by if explained else "", now if explained else None)
