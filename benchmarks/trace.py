"""trace: the chain of goods both ways on millions of order lines, with a hub merchant and a return of a return.

A generator (``peers.chains``) streams orders, lines, consolidated and packed lines, containers, packings, declarations, declared
lines and their sources by COPY into the real tables. What is left out: findings, balances, workflow, trail, and the indexes on
organisations. Secondary indexes and foreign keys are taken off while the rows stream; the indexes are made again before anything
is measured, so every index that a trace uses is there.

Ours: the selectors whole, as page, export and command call them. The peer: one hand-written statement for the same rows, with the
same indexes, on the same connection, fetched to the last row. Cases, each measured in turn with its peer, medians:

- ``hub``: from the merchant with 100,000 lines to every declaration, streamed as the export does;
- ``back``: from declarations (sixty kinds merged) to stalls and producers;
- ``forward``: from orders to their declarations and countries;
- ``returns``: what came back of lines of which a return was returned.

    YOUJU_BENCH_LINES=1000000   YOUJU_BENCH_HUB=100000   YOUJU_BENCH_ROUNDS=5
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

LINES = int(os.environ.get("YOUJU_BENCH_LINES", "1000000"))
HUB = min(int(os.environ.get("YOUJU_BENCH_HUB", "100000")), LINES // 2)
ROUNDS = int(os.environ.get("YOUJU_BENCH_ROUNDS", "5"))
BOUND = 1.5
SAMPLE = 20


def main() -> None:
    """Print one JSON object."""
    from peers.chains import fill
    from peers.product import product

    with product(settings="youju.config.settings"):
        began = time.perf_counter()
        fill(LINES, HUB)
        filled = time.perf_counter() - began
        cases = _measure()
        page = _page()
    worst = max(cases, key=lambda name: cases[name][0] / cases[name][1])
    ours, peer = (sum(times[side] for times in cases.values()) for side in (0, 1))
    ratio = cases[worst][0] / cases[worst][1]
    told = "; ".join(
        f"{name} {mine * 1000:.1f} / {other * 1000:.1f} ms = {mine / other:.2f}, {rows:,} rows, {queries:g} queries"
        for name, (mine, other, rows, queries) in cases.items()
    )
    result = {
        "name": "trace",
        "ours": round(ours * 1000, 1),
        "peer": round(peer * 1000, 1),
        "ratio": round(ratio, 2),
        "unit": "ms",
        "n": LINES,
        "note": (
            f"{LINES:,} order lines filled in {filled:.0f} s; ratio is the worst case ({worst}), bound {BOUND}:"
            f" {'kept' if ratio <= BOUND else 'NOT KEPT'}; over all cases {ours / peer:.2f}. {told}."
            f" The hub's page (picture, balance, 25 lines; no peer): {page * 1000:.0f} ms."
            f" Load average {os.getloadavg()[0]:.1f}."
        ),
    }
    print(json.dumps(result, ensure_ascii=False))


def _measure() -> dict[str, tuple[float, float, int, float]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from youju.foundation.kernel.context import reaching_all

    found = {}
    with reaching_all():
        for name, ours, peer in _cases():
            with CaptureQueriesContext(connection) as seen:
                rows = ours()
            assert rows == peer(), (name, rows, peer())
            mine, other = [], []
            for _ in range(ROUNDS):
                mine.append(_time(ours))
                other.append(_time(peer))
            calls = 1 if name in ("hub", "returns") else SAMPLE
            found[name] = (statistics.median(mine), statistics.median(other), rows, len(seen) / calls)
    return found


def _page() -> float:
    """Seconds for all that the hub's page shows, the second time."""
    from youju.foundation.kernel.context import reaching_all
    from youju.trade.tracing.selectors.finding import origin_of
    from youju.trade.tracing.selectors.overview import overview_of
    from youju.trade.tracing.selectors.pages import Lines
    from youju.trade.tracing.selectors.scopes import scope_of

    def show() -> int:
        scope = scope_of(origin_of("merchant", "M0"))
        overview_of(scope)
        return len(Lines(scope)[:25])

    with reaching_all():
        show()
        return _time(show)


def _time(deed: Callable[[], int]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _cases() -> Iterator[tuple[str, Callable[[], int], Callable[[], int]]]:
    from youju.trade.orders.selectors.tracing import returned_of
    from youju.trade.tracing.selectors.chains import chain_lines, chain_rows
    from youju.trade.tracing.selectors.finding import Origin, origin_of
    from youju.trade.tracing.selectors.scopes import scope_of

    first = _one("SELECT min(id) FROM parties_party")
    hub = Origin("merchant", "M0", "M0", first)
    yield (
        "hub",
        lambda: sum(1 for _ in chain_rows(scope_of(hub))),
        lambda: _rows(_FORWARD.format(_OF_MERCHANT), [first]),
    )

    orders = [
        row[0]
        for row in _all(
            "SELECT number FROM orders_order WHERE kind = 'sale' ORDER BY id DESC LIMIT %s", [SAMPLE]
        )
    ]
    keys = [
        row[0]
        for row in _all(
            "SELECT number || '-1' FROM declarations_declaration ORDER BY id DESC LIMIT %s", [SAMPLE]
        )
    ]

    def forward() -> int:
        scopes = [scope_of(origin_of("order", number)) for number in orders]
        return sum(len(line.ways) for scope in scopes for line in chain_lines(scope, scope.ids))

    def back() -> int:
        scopes = [scope_of(origin_of("declaration", key)) for key in keys]
        return sum(len(line.ways) for scope in scopes for line in chain_lines(scope, scope.ids))

    yield "forward", forward, lambda: sum(_rows(_FORWARD.format(_OF_ORDER), [number]) for number in orders)
    yield "back", back, lambda: sum(_rows(_BACK, [key.removesuffix("-1")]) for key in keys)
    about = [row[0] for row in _all("SELECT id FROM orders_orderline WHERE original_id IS NULL AND id IN"
                                    " (SELECT original_id FROM orders_orderline) ORDER BY id LIMIT 5000", [])]  # fmt: skip
    yield "returns", lambda: len(returned_of(about)), lambda: _rows(_RETURNS, [about])


# What somebody who knows the tables would write by hand: one statement, every join on an index.
_COLUMNS = """
l.id, o.number, o.state, o.ordered_on, o.registered_at, o.country, o.currency, l.line_no, l.hs_code, l.name, l.name_en, l.model,
l.unit, l.quantity, l.packages, l.net_weight, l.gross_weight, l.volume, l.amount, m.number, m.name, t.number, k.name, g.number,
g.producer, c.number, c.kind, x.number, x.packed_on, x.closed_at, x.bill_of_lading, x.port, p.quantity, p.packages, p.net_weight,
p.gross_weight, p.volume, p.amount, n.number, d.number, d.version, d.state, d.entry_number, d.declared_on, d.country, d.port,
d.accepted_at, d.released_at, d.exported_at, h.g_no, h.hs_code, h.name, h.merged, s.live, s.quantity, s.packages, s.net_weight,
s.gross_weight, s.amount,
(SELECT sum(r.quantity) FROM orders_orderline r JOIN orders_order ro ON ro.id = r.order_id
 WHERE r.original_id = l.id AND ro.kind = 'return' AND ro.state IN ('registered', 'confirmed'))
"""
_JOINS = """
JOIN parties_party m ON m.id = o.merchant_id JOIN goods_good g ON g.id = l.good_id
LEFT JOIN parties_tenancy y ON y.party_id = m.id AND o.ordered_on >= y.valid_from
  AND (y.valid_to IS NULL OR o.ordered_on < y.valid_to)
LEFT JOIN parties_stall t ON t.id = y.stall_id LEFT JOIN parties_market k ON k.id = t.market_id
"""
_FORWARD = f"""
SELECT {_COLUMNS} FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id {_JOINS}
LEFT JOIN packing_packedline p ON p.order_line_id = l.id LEFT JOIN packing_container c ON c.id = p.container_id
LEFT JOIN packing_packing x ON x.id = c.packing_id LEFT JOIN packing_consolidatedline q ON q.id = p.consolidated_id
LEFT JOIN packing_consolidation n ON n.id = q.consolidation_id LEFT JOIN declarations_sourceline s ON s.packed_id = p.id
LEFT JOIN declarations_declaredline h ON h.id = s.line_id LEFT JOIN declarations_declaration d ON d.id = h.declaration_id
WHERE {{}} ORDER BY l.id
"""
_OF_MERCHANT = "o.merchant_id = %s AND o.kind = 'sale' AND o.state IN ('registered', 'confirmed')"
_OF_ORDER = "o.number = %s"
_BACK = f"""
SELECT {_COLUMNS} FROM declarations_declaration d JOIN declarations_declaredline h ON h.declaration_id = d.id
JOIN declarations_sourceline s ON s.line_id = h.id JOIN packing_packedline p ON p.id = s.packed_id
JOIN packing_container c ON c.id = p.container_id JOIN packing_packing x ON x.id = c.packing_id
JOIN packing_consolidatedline q ON q.id = p.consolidated_id JOIN packing_consolidation n ON n.id = q.consolidation_id
JOIN orders_orderline l ON l.id = s.order_line_id JOIN orders_order o ON o.id = l.order_id {_JOINS}
WHERE d.number = %s AND d.version = 1 ORDER BY l.id
"""
_RETURNS = """
SELECT r.original_id, sum(r.quantity - coalesce(a.quantity, 0)), sum(r.packages - coalesce(a.packages, 0)),
       sum(r.net_weight - coalesce(a.net_weight, 0)), sum(r.gross_weight - coalesce(a.gross_weight, 0)),
       sum(r.volume - coalesce(a.volume, 0)), sum(r.amount - coalesce(a.amount, 0))
FROM orders_orderline r
JOIN orders_order o ON o.id = r.order_id AND o.kind = 'return' AND o.state IN ('registered', 'confirmed')
LEFT JOIN (orders_orderline a JOIN orders_order b
           ON b.id = a.order_id AND b.kind = 'return' AND b.state IN ('registered', 'confirmed')) ON a.original_id = r.id
WHERE r.original_id = ANY (%s) GROUP BY r.original_id
"""


def _rows(statement: str, parameters: list[Any]) -> int:
    return len(_all(statement, parameters))


def _one(statement: str) -> Any:
    return _all(statement, [])[0][0]


def _all(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())


if __name__ == "__main__":
    main()
