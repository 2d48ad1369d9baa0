"""risk-night: the nightly scan whole, over a product's own tables: copied out, priced, all rules asked, peers and hits stored.

Orders of ten lines, each order packed and declared by itself, line by line, are written as the server's own account past guards
and foreign keys. Prices lie within a tenth of their code's usual one, but for one line of five thousand: hits are few.
Limit: 5 minutes for 10 million lines on two cores. Peer: COPY of the order lines alone into nothing.

    YOUJU_BENCH_LINES=1000000
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

LINES = int(os.environ.get("YOUJU_BENCH_LINES", "1000000"))
EACH, MERCHANTS, BUYERS, AGENTS = 10, 20_000, 3_000, 200
LIMIT, WHOLE = 300.0, 10_000_000


def fill() -> None:
    """The year's records."""
    import psycopg
    from lake_refresh import written

    from youju.foundation.database.addresses import Role, address
    from youju.foundation.database.places import product_places

    name = address(Role.OWNER).parameters()["dbname"]
    told = {"host": str(product_places().socket), "user": "postgres", "dbname": name}
    orders = LINES // EACH
    # A code's price lies between 1 and 9 dollars a piece, give or take a tenth; one line of 5,003 costs six times as much.
    piece = "(1 + (n % 300) % 9) * (0.9 + (n % 200000 * 7919 % 200) / 1000.0) * CASE WHEN n % 5003 = 0 THEN 6 ELSE 1 END"
    with psycopg.connect(**told) as connection:
        connection.execute("SET session_replication_role = replica")
        written(
            connection, "parties_party", MERCHANTS + BUYERS + AGENTS, id="n + 1", number="'P' || n", name="'主体' || n",
            roles="ARRAY[CASE WHEN n < 20000 THEN 'merchant' WHEN n < 23000 THEN 'buyer' ELSE 'agent' END]",
            state="'approved'", country="'CN'",
        )  # fmt: skip
        written(
            connection, "packing_packing", orders, id="n + 1", number="'X' || n", state="'closed'",
        )  # fmt: skip
        written(
            connection, "orders_order", orders, id="n + 1", number="'T' || n", kind="'sale'", state="'confirmed'",
            merchant_id=f"n % {MERCHANTS} + 1", buyer_id=f"{MERCHANTS} + n * 31 % {BUYERS} + 1",
            agent_id=f"{MERCHANTS + BUYERS} + n % {AGENTS} + 1", ordered_on="DATE '2023-01-01' + (n % 365)::int",
            currency="'USD'", rate="7", country="(ARRAY['US','RU','NG','KE'])[n % 4 + 1]",
        )  # fmt: skip
        written(
            connection, "orders_orderline", LINES, id="n + 1", order_id="n / 10 + 1", line_no="n % 10 + 1", good_id="n % 300 + 1",
            hs_code="'4202' || lpad((n % 300)::text, 6, '0')", name="'手提包' || n % 300", unit="'个'", quantity="100",
            price=piece, amount=f"round(100 * {piece}, 2)", packages="10", net_weight="80", gross_weight="90", volume="0.8",
        )  # fmt: skip
        written(
            connection, "declarations_declaration", orders, id="n + 1", number="'D' || n", version="1", state="'released'",
            packing_id="n + 1", declared_on="DATE '2023-01-02' + (n % 365)::int", released_at="'2023-12-31 12:00+08'",
            agent_id=f"{MERCHANTS + BUYERS} + n % {AGENTS} + 1", currency="'USD'", amount="5000", amount_cny="35000", rate="7",
            entry_number="'E' || n",
        )  # fmt: skip
        written(
            connection, "declarations_declaredline", LINES, id="n + 1", declaration_id="n / 10 + 1", g_no="n % 10 + 1",
            hs_code="'4202' || lpad((n % 300)::text, 6, '0')", name="'手提包'", unit="'个'", quantity="100",
            amount=f"round(100 * {piece}, 2)", net_weight="80", merged="false",
        )  # fmt: skip
        written(
            connection, "declarations_sourceline", LINES, id="n + 1", line_id="n + 1", order_line_id="n + 1", packed_id="n + 1",
            merchant_id=f"n / 10 % {MERCHANTS} + 1", quantity="100", amount=f"round(100 * {piece}, 2)", net_weight="80",
            live="true",
        )  # fmt: skip
    with psycopg.connect(**told, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def floor() -> float:
    """COPY of the order lines, thrown away; seconds."""
    from django.db import connection

    from youju.foundation.kernel.context import reaching_all

    began = time.perf_counter()
    with (
        reaching_all(),
        connection.cursor() as cursor,
        cursor.copy("COPY (SELECT * FROM orders_scanned_lines) TO STDOUT (FORMAT csv)") as copy,
    ):
        for _ in copy:
            pass
    return time.perf_counter() - began


def _kept(seconds: float) -> str:
    if seconds > LIMIT:
        return "NOT KEPT"
    return "kept" if LINES >= WHOLE else "not measured with fewer"


def main() -> None:
    """Print one JSON object."""
    from peers import lakes
    from peers.product import product

    with product(settings="youju.config.settings"):
        from youju.foundation.kernel.context import reaching_all
        from youju.trade.risk.services.scanning import scan_window

        began = time.perf_counter()
        fill()
        filled = time.perf_counter() - began
        began, processor = time.perf_counter(), time.process_time()
        with reaching_all():
            row: Any = scan_window(since=date(2023, 1, 1), until=date(2024, 1, 1))
        seconds, cpu = time.perf_counter() - began, time.process_time() - processor
        copied = floor()
    note = (
        f"{row.lines:,} order lines, as many declared and source lines, {LINES // EACH:,} declarations"
        f" (filled in {filled:.0f} s);"
        f" {row.found:,} hits stored; processor {cpu:.0f} s without PostgreSQL's; peak memory {lakes.peak_mb():,} MB. Limit"
        f" {LIMIT:.0f} s for 10 million lines: {_kept(seconds)}. Peer: COPY of the order lines alone."
    )
    result = {
        "name": "risk-night", "ours": round(seconds, 1), "peer": round(copied, 1), "ratio": round(seconds / copied, 2),
        "unit": "s", "n": row.lines, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
