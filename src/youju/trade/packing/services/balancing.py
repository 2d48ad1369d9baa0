"""The balance of an order line: one guarded statement takes, one gives back; the constraint is what nobody can pass.

Everybody holds records in the same order, so that nobody waits for somebody who waits for them: packing, consolidations by id,
orders by id, balances by id, consolidated lines by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from youju.foundation.kernel.errors import InputError
from youju.rules.trade.packing.amounts import Amounts
from youju.trade.orders.selectors import PackableLine, lines_of_sale

COLUMNS = {
    "quantity": "quantity", "packages": "packages", "net_weight": "net", "gross_weight": "gross", "volume": "volume",
    "amount": "amount",
}  # fmt: skip
"""Measure → the stem of its columns in the balance."""
_STEMS = tuple(COLUMNS.values())
_UNNEST = "unnest(%s::bigint[], %s::numeric[], %s::int[], %s::numeric[], %s::numeric[], %s::numeric[], %s::numeric[])"
_WANT = f"{_UNNEST} AS w(id, {', '.join(_STEMS)})"
_OPEN = f"""
INSERT INTO packing_balance (order_line_id, {", ".join(f"{s}_in, {s}_out" for s in _STEMS)})
SELECT w.id, {", ".join(f"w.{s}, 0" for s in _STEMS)} FROM {_WANT} ORDER BY w.id
ON CONFLICT (order_line_id) DO NOTHING
"""  # noqa: S608 - names of ours
_HOLD = f"""
SELECT order_line_id, {", ".join(f"{s}_in - {s}_out" for s in _STEMS)} FROM packing_balance
WHERE order_line_id = ANY (%s) ORDER BY order_line_id FOR UPDATE
"""  # noqa: S608 - names of ours
_LEFT = f"""
SELECT order_line_id, {", ".join(f"{s}_in - {s}_out" for s in _STEMS)} FROM packing_balance WHERE order_line_id = ANY (%s)
"""  # noqa: S608 - names of ours
_TAKE = f"""
UPDATE packing_balance b SET {", ".join(f"{s}_out = b.{s}_out + w.{s}" for s in _STEMS)} FROM {_WANT}
WHERE b.order_line_id = w.id AND {" AND ".join(f"b.{s}_out + w.{s} <= b.{s}_in" for s in _STEMS)}
"""  # noqa: S608
_RECOUNT = f"""
UPDATE packing_balance b SET {", ".join(f"{s}_in = w.{s}" for s in _STEMS)} FROM {_WANT}
WHERE b.order_line_id = w.id AND {" AND ".join(f"b.{s}_out <= w.{s}" for s in _STEMS)}
"""  # noqa: S608
_OUT = """
SELECT b.order_line_id, b.quantity_out FROM packing_balance b JOIN orders_orderline l ON l.id = b.order_line_id
WHERE l.order_id = %s AND b.quantity_out > 0 ORDER BY 1
"""


def amounts_of(line: PackableLine) -> Amounts:
    """The figures of an order line."""
    return Amounts(*(getattr(line, name) for name in COLUMNS))


def left_of(lines: Sequence[PackableLine]) -> dict[int, Amounts]:
    """What is left of order lines, held; a balance is opened for those that have none yet."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, arrays({line.id: amounts_of(line) for line in lines}))
        cursor.execute(_HOLD, [[line.id for line in lines]])
        return {row[0]: Amounts(*row[1:]) for row in cursor.fetchall()}


def left_now(lines: Sequence[PackableLine]) -> dict[int, Amounts]:
    """What is left of order lines at this moment, for a preview: nothing is held, nothing opened."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [[line.id for line in lines]])
        known = {row[0]: Amounts(*row[1:]) for row in cursor.fetchall()}
    return {line.id: known.get(line.id) or amounts_of(line) for line in lines}


def take(parts: Mapping[int, Amounts]) -> None:
    """Take parts of order lines out of their balances, all or none.

    Raises:
        InputError: not enough is left of one (409).
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, arrays(parts))
        if cursor.rowcount != len(parts):
            raise InputError("剩余不够，可能刚被别人组走", how="请刷新页面，看看还剩多少", status=409)


def give_back(parts: Mapping[int, Amounts]) -> None:
    """Put parts back into the balances of their order lines."""
    less = {key: Amounts() - part for key, part in parts.items()}
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [sorted(less)])
        cursor.execute(_TAKE, arrays(less))


def recount(sale_id: int) -> None:
    """After a return was registered, sent back or cancelled: what may still be consolidated of the sale.

    Raises:
        InputError: more is consolidated than would be left (409).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.order_line_id FROM packing_balance b JOIN orders_orderline l ON l.id = b.order_line_id"
            " WHERE l.order_id = %s ORDER BY 1 FOR UPDATE OF b",
            [sale_id],
        )
        kept = {row[0] for row in cursor.fetchall()}
        if not kept:
            return
        lines = {line.id: line for line in lines_of_sale(sale_id) if line.id in kept}
        cursor.execute(_RECOUNT, arrays({key: amounts_of(line) for key, line in lines.items()}))
        if cursor.rowcount == len(lines):
            return
        cursor.execute(_OUT, [sale_id])
        out: dict[int, Decimal] = dict(cursor.fetchall())
    told = "、".join(
        f"第 {line.line_no} 行“{line.name}”已组货 {out[key]}" for key, line in lines.items() if key in out
    )
    raise InputError(
        f"退货超过还没组货的部分：{told}", how="请组货人先从组货单移出要退的货，再办退货", status=409
    )


def hold(order_id: int) -> str:
    """Why a confirmed order may not be cancelled: its goods are in a consolidation. Empty where they are not."""
    with connection.cursor() as cursor:
        cursor.execute(_OUT, [order_id])
        rows = cursor.fetchall()
    return f"它有 {len(rows)} 行货物已经组货" if rows else ""


def arrays(parts: Mapping[int, Amounts]) -> list[list[Any]]:
    """Parts by key as seven arrays: key and the six measures."""
    keys = sorted(parts)
    return [keys, *([getattr(parts[key], name) for key in keys] for name in COLUMNS)]


def sums(parts: Iterable[Amounts]) -> dict[str, Any]:
    """What the trail keeps of parts: their totals."""
    rows = list(parts)
    whole = sum(rows, Amounts())
    return {"lines": len(rows)} | {name: getattr(whole, name) for name in COLUMNS}
