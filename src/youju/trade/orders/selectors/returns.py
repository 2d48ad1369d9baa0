"""What came back of sale lines, in SQL: returns count, what was returned of a return counts against it, to any depth."""

from __future__ import annotations

_FIGURES = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")

RETURNED = f"""
WITH RECURSIVE back(sale, id, sign) AS (
  SELECT r.original_id, r.id, 1 FROM orders_orderline r JOIN orders_order o ON o.id = r.order_id
  WHERE r.original_id = ANY (%(ids)s) AND o.kind = 'return' AND o.state IN ('registered', 'confirmed')
  UNION ALL
  SELECT b.sale, r.id, -b.sign FROM back b JOIN orders_orderline r ON r.original_id = b.id
  JOIN orders_order o ON o.id = r.order_id WHERE o.kind = 'return' AND o.state IN ('registered', 'confirmed')
)
SELECT b.sale, {", ".join(f"sum(b.sign * r.{name}){'::int' if name == 'packages' else ''} AS {name}" for name in _FIGURES)}
FROM back b JOIN orders_orderline r ON r.id = b.id GROUP BY b.sale
"""  # noqa: S608 - names of ours
"""(sale line, six figures in the order of ``Amounts``) of the lines in ``ids`` of which anything came back.

``rules.trade.tracing.returns.returned`` says the same in Python; a test holds the two together.
"""
