"""Order lines as the packing room takes from them: what was ordered, less what was returned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from youju.foundation.kernel.context import reaching_all
from youju.trade.orders.selectors.returns import RETURNED


@dataclass(frozen=True, slots=True)
class PackableLine:
    """A line of an order that the asker takes part in; figures are ordered less returned, never below zero."""

    id: int
    order_id: int
    order: str
    kind: str
    state: str
    country: str
    currency: str
    agent: int | None
    organisations: tuple[int, ...]
    sections: tuple[str, ...]
    line_no: int
    name: str
    quantity: Decimal
    packages: int
    net_weight: Decimal
    gross_weight: Decimal
    volume: Decimal
    amount: Decimal


_LINES = """
SELECT l.id, o.id, o.number, o.kind, o.state, o.country, o.currency, o.agent_id, o.organisations, o.sections, l.line_no, l.name,
       l.quantity, l.packages, l.net_weight, l.gross_weight, l.volume, l.amount
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id
"""


def packable_lines(*, numbers: Sequence[str], lock: bool = False) -> list[PackableLine]:
    """The lines of the orders with these numbers, by order and line; three queries at most.

    Args:
        numbers: of orders; those that the asker takes no part in are not found.
        lock: hold the orders until the transaction ends, in the order of their ids, so that no return, cancellation or other
            consolidation comes between.
    """
    wanted = sorted({each.replace("\0", "") for each in numbers})
    with connection.cursor() as cursor:
        if lock:
            cursor.execute(
                "SELECT id FROM orders_order WHERE number = ANY (%s) AND kind = 'sale' ORDER BY id FOR UPDATE",
                [wanted],
            )
        cursor.execute(f"{_LINES} WHERE o.number = ANY (%s) ORDER BY o.id, l.line_no", [wanted])
        return _less_returned(cursor.fetchall())


def lines_of_sale(order_id: int) -> list[PackableLine]:
    """The lines of one order, by line."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_LINES} WHERE o.id = %s ORDER BY l.line_no", [order_id])
        return _less_returned(cursor.fetchall())


def _less_returned(rows: list[Any]) -> list[PackableLine]:
    # The consolidator takes part in the sale and not in its return: what came back must count for it all the same.
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(RETURNED, {"ids": [row[0] for row in rows]})
        returned = {row[0]: row[1:] for row in cursor.fetchall()}
    found = []
    for row in rows:
        figures = row[12:]
        back = returned.get(row[0])
        if back is not None:
            figures = [max(type(one)(0), one - two) for one, two in zip(figures, back, strict=True)]
        values: list[Any] = [*row[:8], tuple(row[8]), tuple(row[9]), *row[10:12], *figures]
        found.append(PackableLine(*values))
    return found
