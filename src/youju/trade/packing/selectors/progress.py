"""For buyers: how far the goods of orders are packed. Only the goods of those orders count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection

from youju.foundation.kernel.context import reaching_all
from youju.trade.orders.selectors import Progress

_PACKED = """
SELECT l.order_id, bool_and(coalesce(p.quantity, 0) >= coalesce(b.quantity_in, l.quantity))
FROM orders_orderline l LEFT JOIN packing_balance b ON b.order_line_id = l.id
LEFT JOIN (
    SELECT p.order_line_id, sum(p.quantity) AS quantity FROM packing_packedline p
    JOIN orders_orderline o ON o.id = p.order_line_id WHERE o.order_id = ANY (%s) GROUP BY 1
) p ON p.order_line_id = l.id
WHERE l.order_id = ANY (%s) GROUP BY 1 HAVING bool_or(p.quantity > 0)
"""
_WHERE = """
SELECT DISTINCT l.order_id, k.packed_on, k.bill_of_lading, c.number
FROM packing_packedline p JOIN orders_orderline l ON l.id = p.order_line_id
JOIN packing_container c ON c.id = p.container_id JOIN packing_packing k ON k.id = c.packing_id
WHERE l.order_id = ANY (%s) ORDER BY 1, 2, 3, 4
"""


def progress_of(orders: Sequence[int]) -> Mapping[int, Progress]:
    """Order id → ``part`` or ``all`` packed, with days, bills of lading and containers; two queries.

    The caller has made sure that the orders are the asker's own: a purchase is told of whatever packing its goods stand in.
    """
    with reaching_all(), connection.cursor() as cursor:
        cursor.execute(_PACKED, [list(orders), list(orders)])
        stages = {key: "all" if whole else "part" for key, whole in cursor.fetchall()}
        cursor.execute(_WHERE, [list(stages)])
        rows = cursor.fetchall()
    return {
        key: Progress(
            stage,
            tuple(dict.fromkeys(day for order, day, _, _ in rows if order == key)),
            tuple(dict.fromkeys(bill for order, _, bill, _ in rows if order == key and bill)),
            tuple(dict.fromkeys(box for order, _, _, box in rows if order == key)),
        )
        for key, stage in stages.items()
    }
