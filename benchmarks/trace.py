"""trace: the chain of goods both ways on millions of order lines, with a hub merchant and a return of a return.

A generator streams orders, their lines, consolidated and packed lines, containers, packings, declarations, declared lines and their
sources by COPY into the real tables, at the order of magnitude of a few years of one pilot. What is left out: findings, balances,
workflow, trail, and the indexes on organisations; secondary indexes and foreign keys are taken off while the rows stream and made
again before anything is measured, so every index that a trace uses is there.

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
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

LINES = int(os.environ.get("YOUJU_BENCH_LINES", "1000000"))
HUB = min(int(os.environ.get("YOUJU_BENCH_HUB", "100000")), LINES // 2)
ROUNDS = int(os.environ.get("YOUJU_BENCH_ROUNDS", "5"))
BOUND = 1.5
PER_ORDER, ORDERS_A_PACKING, MERCHANTS, GOODS = 10, 6, 400, 20
SAMPLE = 20
PACKED_TABLES = (
    "orders_order", "orders_orderline", "packing_consolidation", "packing_consolidatedline", "packing_packing",
    "packing_container", "packing_packedline", "declarations_declaration", "declarations_declaredline",
    "declarations_sourceline",
)  # fmt: skip
DAY = "2023-06-01"


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    with product(settings="youju.config.settings"):
        began = time.perf_counter()
        _fill()
        filled = time.perf_counter() - began
        cases = _measure()
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


def _time(deed: Callable[[], int]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began


def _cases() -> Iterator[tuple[str, Callable[[], int], Callable[[], int]]]:
    from youju.trade.orders.selectors.tracing import returned_of
    from youju.trade.tracing.selectors.chains import chain_lines, chain_rows
    from youju.trade.tracing.selectors.finding import Origin, origin
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
        scopes = [scope_of(origin(number)) for number in orders]
        return sum(len(line.ways) for scope in scopes for line in chain_lines(scope, scope.ids))

    def back() -> int:
        scopes = [scope_of(origin(key)) for key in keys]
        return sum(len(line.ways) for scope in scopes for line in chain_lines(scope, scope.ids))

    yield "forward", forward, lambda: sum(_rows(_FORWARD.format(_OF_ORDER), [number]) for number in orders)
    yield "back", back, lambda: sum(_rows(_BACK, [key.removesuffix("-1")]) for key in keys)
    about = [row[0] for row in _all("SELECT id FROM orders_orderline WHERE original_id IS NULL AND id IN"
                                    " (SELECT original_id FROM orders_orderline) ORDER BY id LIMIT 5000", [])]  # fmt: skip
    yield "returns", lambda: len(returned_of(about)), lambda: _rows(_RETURNS, [about])


# What somebody who knows the tables would write by hand: one statement, every join on an index.
_COLUMNS = """
l.id, o.number, o.state, o.ordered_on, o.registered_at, o.country, o.currency, l.line_no, l.hs_code, l.name, l.name_en, l.model, l.unit,
l.quantity, l.packages, l.net_weight, l.gross_weight, l.volume, l.amount, m.number, m.name, t.number, k.name, g.number, g.producer,
c.number, c.kind, x.number, x.packed_on, x.closed_at, x.bill_of_lading, x.port, p.quantity, p.packages, p.net_weight, p.gross_weight,
p.volume, p.amount, n.number, d.number, d.version, d.state, d.entry_number, d.declared_on, d.country, d.port, d.accepted_at, d.released_at,
d.exported_at, h.g_no, h.hs_code, h.name, h.merged, s.live, s.quantity, s.packages, s.net_weight, s.gross_weight, s.amount,
(SELECT sum(r.quantity) FROM orders_orderline r JOIN orders_order ro ON ro.id = r.order_id
 WHERE r.original_id = l.id AND ro.kind = 'return' AND ro.state IN ('registered', 'confirmed'))
"""
_JOINS = """
JOIN parties_party m ON m.id = o.merchant_id JOIN goods_good g ON g.id = l.good_id
LEFT JOIN parties_tenancy y ON y.party_id = m.id AND o.ordered_on >= y.valid_from AND (y.valid_to IS NULL OR o.ordered_on < y.valid_to)
LEFT JOIN parties_stall t ON t.id = y.stall_id LEFT JOIN parties_market k ON k.id = t.market_id
"""
_AFTER = """
LEFT JOIN packing_packedline p ON p.order_line_id = l.id LEFT JOIN packing_container c ON c.id = p.container_id
LEFT JOIN packing_packing x ON x.id = c.packing_id LEFT JOIN packing_consolidatedline q ON q.id = p.consolidated_id
LEFT JOIN packing_consolidation n ON n.id = q.consolidation_id LEFT JOIN declarations_sourceline s ON s.packed_id = p.id
LEFT JOIN declarations_declaredline h ON h.id = s.line_id LEFT JOIN declarations_declaration d ON d.id = h.declaration_id
"""
_FORWARD = f"SELECT {_COLUMNS} FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id {_JOINS} {_AFTER} WHERE {{}} ORDER BY l.id"
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
FROM orders_orderline r JOIN orders_order o ON o.id = r.order_id AND o.kind = 'return' AND o.state IN ('registered', 'confirmed')
LEFT JOIN (orders_orderline a JOIN orders_order b ON b.id = a.order_id AND b.kind = 'return' AND b.state IN ('registered', 'confirmed'))
  ON a.original_id = r.id
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


def _fill() -> None:
    from django.db import connection

    from youju.foundation.database.roles import Role, acting_as
    from youju.foundation.kernel.context import reaching_all

    with reaching_all(), acting_as(Role.OWNER):
        party, good = _people()
        with _bare():
            for table, columns, rows in _tables(party, good):
                _copy(table, columns, rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _bare() -> Iterator[None]:
    """Within the block the large tables have no foreign keys and no secondary indexes."""
    from django.db import connection

    keys = _all(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)",
        [list(PACKED_TABLES)],
    )
    indexes = _all(
        "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY (%s) AND NOT EXISTS"
        " (SELECT 1 FROM pg_constraint c WHERE c.conindid = (quote_ident(i.indexname))::regclass AND c.contype IN ('p', 'u'))",
        [list(PACKED_TABLES)],
    )
    with connection.cursor() as cursor:
        for table, name, _ in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            if "organisations" not in definition:
                cursor.execute(definition)
        # The keys would look every row up again and change nothing that is measured.


def _copy(table: str, columns: str, rows: Iterator[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        piece: list[str] = []
        for row in rows:
            piece.append(row)
            if len(piece) == 5000:
                copy.write("".join(piece))
                piece.clear()
        copy.write("".join(piece))


def _people() -> tuple[int, int]:
    """Merchants at their stalls, goods with producers; the first ids."""
    from datetime import date

    from youju.trade.goods.models import Good
    from youju.trade.parties.models import Market, Party, Stall, Tenancy

    market = Market.objects.create(code="BG", name="示例市场")
    parties = Party.objects.bulk_create(
        Party(number=f"M{n}", roles=["merchant"], state="approved", name=f"经营户{n}", sections=["SC"])
        for n in range(MERCHANTS)
    )
    stalls = Stall.objects.bulk_create(
        Stall(market=market, floor=1, row=1 + n // 100, position=1 + n % 100, number=f"A-{n}")
        for n in range(MERCHANTS)
    )
    Tenancy.objects.bulk_create(
        Tenancy(party=one, stall=place, valid_from=date(2020, 1, 1))
        for one, place in zip(parties, stalls, strict=True)
    )
    goods = Good.objects.bulk_create(
        Good(party=parties[n // GOODS], number=f"G{n}", state="recognised", name=f"女包{n}", unit="个",
             hs_code="4202220000", producer=f"箱包厂{n % 97}")
        for n in range(MERCHANTS * GOODS)
    )  # fmt: skip
    return parties[0].pk, goods[0].pk


def _tables(party: int, good: int) -> Iterator[tuple[str, str, Iterator[str]]]:
    """(table, columns, rows) with ids of our own: line n stands in order n // 10, and so on; then the returns."""
    orders, hub = -(-LINES // PER_ORDER), HUB // PER_ORDER
    packings = -(-orders // ORDERS_A_PACKING)
    kinds = min(PER_ORDER, 6)

    def merchant(order: int) -> int:
        # The hub's orders lie all over the years.
        return (
            0
            if hub and order % max(1, orders // hub) == 0 and order // max(1, orders // hub) < hub
            else 1 + order % (MERCHANTS - 1)
        )

    head = ("id, number, kind, state, revision, organisations, sections, merchant_id, buyer_id, ordered_on, country, currency, rate,"
            " rate_month, exemption_mode, collected_by_agent, amount, amount_cny, packages, net_weight, gross_weight, volume,"
            " lines_count, channel, reference, note, merchant_confirmed_by, agent_confirmed_by, policy_hash, created_by, is_demo, about_id")  # fmt: skip
    tail = f"{DAY}\tKE\tUSD\t7.1\t{DAY}\tself\tt\t12000\t85200\t100\t800\t900\t8\t10\tweb\t\t\tx\tx\t\t\tf"
    line = ("id, order_id, line_no, good_id, original_id, hs_code, name, name_en, model, brand, unit, quantity, price, amount, unit1, unit2,"
            " packages, net_weight, gross_weight, volume, inspection, export_duty")  # fmt: skip
    what = "4202220000\t女包\tBag\t\t\t个"

    def sale_lines() -> Iterator[str]:
        for n in range(LINES):
            order = n // PER_ORDER
            kind = good + merchant(order) * GOODS + n % GOODS
            yield (
                f"{n + 1}\t{order + 1}\t{n % PER_ORDER + 1}\t{kind}\t\\N\t{what}\t100\t12\t1200\t千克\t\t10\t80\t90\t0.8\tf\tf\n"
            )

    def back_lines(first: int, order: int, of: int, step: int, quantity: int) -> Iterator[str]:
        for n in range(of):
            about = n * step + 1 if step > 1 else first - of + n
            yield (
                f"{first + n}\t{order + n}\t1\t{good}\t{about}\t{what}\t{quantity}\t12\t{quantity * 12}\t千克\t\t1\t8\t9\t0.08\tf\tf\n"
            )

    # One line in a hundred came back in part, and of that half was taken again.
    back = max(1, LINES // 100)
    yield "orders_order", head, (
        f"{n + 1}\tT230601{n:07}\tsale\tconfirmed\t0\t{{1}}\t{{SC}}\t{party + merchant(n)}\t{party}\t{tail}\t\\N\n" for n in range(orders)
    )  # fmt: skip
    yield "orders_orderline", line, sale_lines()
    yield "orders_order", head, (
        f"{orders + n + 1}\tT230602{n:07}\treturn\tconfirmed\t0\t{{1}}\t{{SC}}\t{party}\t{party}\t{tail}\t{n * 100 // PER_ORDER + 1}\n"
        for n in range(back)
    )  # fmt: skip
    yield "orders_orderline", line, back_lines(LINES + 1, orders + 1, back, 100, 20)
    yield "orders_order", head, (
        f"{orders + back + n + 1}\tT230603{n:07}\treturn\tconfirmed\t0\t{{1}}\t{{SC}}\t{party}\t{party}\t{tail}\t{orders + n + 1}\n"
        for n in range(back)
    )  # fmt: skip
    yield "orders_orderline", line, back_lines(LINES + back + 1, orders + back + 1, back, 1, 10)
    part = "90\t9\t72\t81\t0.72\t1080"
    whole = f"{part}\t{part}"
    yield "packing_consolidation", "id, number, state, revision, organisations, sections, agent_id, country, currency, truck, note, created_by, is_demo", (
        f"{n + 1}\tZ230601{n:07}\tclosed\t0\t{{1}}\t{{SC}}\t{party}\tKE\tUSD\t\t\t\tf\n" for n in range(packings)
    )  # fmt: skip
    yield (
        "packing_consolidatedline",
        (
            "id, consolidation_id, order_line_id, quantity, packages, net_weight, gross_weight, volume, amount, packed_quantity,"
            " packed_packages, packed_net, packed_gross, packed_volume, packed_amount"
        ),
        (f"{n + 1}\t{_packing(n) + 1}\t{n + 1}\t{whole}\n" for n in range(LINES)),
    )
    yield "packing_packing", (
        "id, number, state, revision, organisations, sections, agent_id, packed_on, bill_of_lading, transport_mode, port, country,"
        " note, created_by, is_demo"
    ), (
        f"{n + 1}\tX230601{n:07}\tclosed\t0\t{{1}}\t{{SC}}\t{party}\t2023-06-02\tBL{n}\t2\t0202\tKE\t\t\tf\n" for n in range(packings)
    )  # fmt: skip
    yield (
        "packing_container",
        "id, packing_id, number, kind, seal",
        (f"{n + 1}\t{n + 1}\tDEMU{n % 10_000_000:07}\t40HQ\t\n" for n in range(packings)),
    )
    yield (
        "packing_packedline",
        (
            "id, container_id, consolidated_id, order_line_id, quantity, packages, net_weight, gross_weight, volume, amount"
        ),
        (f"{n + 1}\t{_packing(n) + 1}\t{n + 1}\t{n + 1}\t{part}\n" for n in range(LINES)),
    )
    yield "declarations_declaration", (
        "id, number, version, packing_id, state, revision, organisations, sections, agent_id, declared_on, country, port,"
        " transport_mode, currency, rate, amount, amount_cny, packages, net_weight, gross_weight, header, paperless, entry_number,"
        " sequence_number, rejection, as_of, policy_hash, created_by, is_demo, released_at"
    ), (
        f"{n + 1}\tD230603{n:07}\t1\t{n + 1}\treleased\t0\t{{1}}\t{{SC}}\t{party}\t2023-06-03\tKE\t0202\t2\tUSD\t7.1\t64800\t460080"
        f"\t540\t4320\t4860\t{{}}\tt\t\t\t\t2023-06-03\tx\t\tf\t2023-06-04\n"
        for n in range(packings)
    )  # fmt: skip
    yield "declarations_declaredline", (
        "id, declaration_id, g_no, hs_code, chapter, name, model, quantity, unit, unit1, unit2, amount, net_weight, gross_weight,"
        " packages, merged"
    ), (
        f"{n + 1}\t{n // kinds + 1}\t{n % kinds + 1}\t4202220000\t42\t女包\t\t900\t个\t千克\t\t10800\t720\t810\t90\t{'t' if n % kinds == kinds - 1 else 'f'}\n"
        for n in range(packings * kinds)
    )  # fmt: skip
    yield "declarations_sourceline", (
        "id, line_id, packed_id, order_line_id, merchant_id, quantity, amount, net_weight, gross_weight, packages, live"
    ), (
        f"{n + 1}\t{_packing(n) * kinds + n % kinds + 1}\t{n + 1}\t{n + 1}\t{party + merchant(n // PER_ORDER)}\t90\t1080\t72\t81\t9\tt\n"
        for n in range(LINES)
    )  # fmt: skip


def _packing(line: int) -> int:
    return line // (PER_ORDER * ORDERS_A_PACKING)


if __name__ == "__main__":
    main()
