"""lake-refresh: one day's half million lines, released in PostgreSQL, come into a lake that is large already.

The lake is filled from rows made from a seed (``YOUJU_BENCH_LINES``) unless one of that size is kept; then declarations with
their lines, sources and orders are written into a product's own tables, released by one UPDATE (the triggers note each), and
``services.lake.refresh_lake`` is timed whole: log, COPY, comparison with the lake, files, cubes, manifest, audit. The limit is
60 s. Peer: COPY of the same rows to CSV by the same driver, into nothing. A second refresh after the state ``exported`` (which
changes no row) and a check stand beside.

    YOUJU_BENCH_DAY=500000 YOUJU_BENCH_LINES=100000000
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

DAY = int(os.environ.get("YOUJU_BENCH_DAY", "500000"))
EACH = 20
"""Lines of a declaration."""
FIRST = 50_000_000
"""The first key: beyond those of the lake."""
EMPTY = {
    "integer": "0", "bigint": "0", "smallint": "0", "numeric": "1", "boolean": "true", "date": "DATE '2023-06-01'",
    "timestamp with time zone": "TIMESTAMPTZ '2023-06-01 12:00+08'", "jsonb": "'{}'", "ARRAY": "'{}'",
    "uuid": "gen_random_uuid()",
}  # fmt: skip


def written(connection: Any, table: str, count: int, **values: str) -> None:
    """Rows 0 … count - 1 (``n``) of a table: the values given, else something of the column's kind."""
    connection.execute(f"SELECT 1 FROM {table} LIMIT 0")
    checks = connection.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u', 'f')",
        [table],
    ).fetchall()
    for (name,) in checks:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
    columns = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO'"
        " AND is_identity = 'NO' OR table_name = %s AND column_name = 'id'",
        [table, table],
    ).fetchall()
    told = {name: values.get(name, EMPTY.get(kind, "''")) for name, kind in columns} | values
    names = ", ".join(f'"{name}"' for name in told)
    chosen = ", ".join(told.values())
    connection.execute(
        f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {chosen} FROM generate_series(0, {count - 1}) n"
    )


def fill_records() -> None:
    """Declarations that wait for their release, as the server's own account, past guards and foreign keys."""
    import psycopg

    from youju.foundation.database.addresses import Role, address
    from youju.foundation.database.places import product_places

    name = address(Role.OWNER).parameters()["dbname"]
    with psycopg.connect(host=str(product_places().socket), user="postgres", dbname=name) as connection:
        connection.execute("SET session_replication_role = replica")
        heads = DAY // EACH
        written(
            connection, "declarations_declaration", heads, id=f"{FIRST} + n", number="'D' || n", version="1", state="'sent'",
            country="(ARRAY['US','RU','NG','KE'])[n % 4 + 1]", port="'0202'", transport_mode="'2'", currency="'USD'",
            amount=f"{EACH}", amount_cny=f"{EACH * 7}", agent_id="n % 200 + 1", entry_number="'E' || n",
        )  # fmt: skip
        written(
            connection, "declarations_declaredline", DAY, id=f"{FIRST * 10} + n", declaration_id=f"{FIRST} + n / {EACH}",
            g_no=f"n % {EACH} + 1", hs_code="'61' || lpad((n % 3000)::text, 4, '0') || '0000'", chapter="'61'",
            name="'货品' || n % 3000", unit="'件'",
        )  # fmt: skip
        written(
            connection,
            "orders_order",
            heads,
            id=f"{FIRST} + n",
            number="'O' || n",
            state="'confirmed'",
            kind="'sale'",
        )
        written(
            connection,
            "orders_orderline",
            DAY,
            id=f"{FIRST * 10} + n",
            order_id=f"{FIRST} + n / {EACH}",
            line_no=f"n % {EACH} + 1",
        )
        written(
            connection, "declarations_sourceline", DAY, id=f"{FIRST * 100} + n", line_id=f"{FIRST * 10} + n",
            order_line_id=f"{FIRST * 10} + n", packed_id="n + 1", merchant_id="n % 20000 + 1", amount="1", amount_cny="7",
            live="true",
        )  # fmt: skip
    with psycopg.connect(
        host=str(product_places().socket), user="postgres", dbname=name, autocommit=True
    ) as connection:
        connection.execute("VACUUM ANALYZE")


def moved(state: str) -> float:
    """Customs gives every declaration a state; seconds."""
    from django.db import connection, transaction

    from youju.foundation.kernel.context import reaching_all

    began = time.perf_counter()
    with reaching_all(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE declarations_declaration SET state = %s, released_at = '2023-12-20 12:00+08' WHERE id >= %s",
            [state, FIRST],
        )
    return time.perf_counter() - began


def floor() -> tuple[float, int]:
    """COPY of the same rows, thrown away: seconds and bytes."""
    from django.db import connection

    from youju.foundation.kernel.context import reaching_all
    from youju.foundation.metrics.sources import select_of

    began, size = time.perf_counter(), 0
    with reaching_all():
        connection.cursor().close()
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"COPY ({select_of('released_lines')}) TO STDOUT (FORMAT csv)") as copy,
        ):
            for block in copy:
                size += len(block)
    return time.perf_counter() - began, size


def main() -> None:
    """Print one JSON object."""
    from peers import lakes
    from peers.product import product

    with product(settings="youju.config.settings"):
        from youju.foundation.metrics.lake_source import database_source
        from youju.foundation.metrics.services.lake import refresh_lake, verify_lake

        os.environ["YOUJU_LAKE"] = str(lakes.root())
        fill_records()
        with database_source("baigou") as source:
            mark, database = source.mark, source.database
        held = lakes.bound("baigou", mark=mark, database=database)
        noted = moved("released")
        began, processor = time.perf_counter(), time.process_time()
        done = refresh_lake()
        seconds, cpu = time.perf_counter() - began, time.process_time() - processor
        if done.whole or done.manifest.rows - held.rows < DAY:
            raise SystemExit(f"not what was to be measured: {done.records} records, whole: {done.whole}")
        copied, size = floor()
        moved("exported")
        began = time.perf_counter()
        if refresh_lake().changed:
            raise SystemExit("a state that changes no row was written")
        again = time.perf_counter() - began
        began = time.perf_counter()
        found = verify_lake()
        # What was filled from made rows is in no record: only the day's month may be compared.
        checked = time.perf_counter() - began
        foreign = [each for each in found.differences if each.table.startswith("cube")]
    if foreign:
        raise SystemExit(foreign[0].sentence)
    months = {table: len(each) for table, each in done.months.items()}
    note = (
        f"{DAY:,} lines of {DAY // EACH:,} declarations into a lake of {held.rows:,} rows (limit 60 s); months written"
        f" {months}; processor {cpu:.1f} s without PostgreSQL's. Peer: COPY of the same {size / 1e6:.0f} MB into nothing."
        f" Noting by triggers and the UPDATE {noted:.1f} s. The same day as exported, which changes no row: {again:.1f} s."
        f" Check of the whole lake {checked:.1f} s. Peak memory {lakes.peak_mb():,} MB."
    )
    result = {
        "name": "lake-refresh", "ours": round(seconds, 1), "peer": round(copied, 1), "ratio": round(seconds / copied, 2),
        "unit": "s", "n": DAY, "note": note,
    }  # fmt: skip
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
