"""Chains of goods by the million for the benchmark ``trace``: streamed by COPY into the real tables, ids of our own.

Line n stands in order n // 10 and packing n // 60; nine tenths of it are consolidated, packed and declared. One line in a hundred
came back in part, and of that half was taken again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

PER_ORDER, ORDERS_A_PACKING, MERCHANTS, GOODS, KINDS = 10, 6, 400, 20, 6
TABLES = (
    "orders_order", "orders_orderline", "packing_consolidation", "packing_consolidatedline", "packing_packing",
    "packing_container", "packing_packedline", "declarations_declaration", "declarations_declaredline",
    "declarations_sourceline",
)  # fmt: skip
DAY, ORGANISATIONS, SECTIONS = "2023-06-01", "{1}", "{SC}"
_PIECE = 5000


def fill(lines: int, hub: int) -> None:
    """Make so many order lines, ``hub`` of them of the first merchant, whose orders lie all over the years."""
    from django.db import connection

    from youju.foundation.database.roles import Role, acting_as
    from youju.foundation.kernel.context import reaching_all

    with reaching_all(), acting_as(Role.OWNER):
        party, good = _people()
        with _bare():
            for table, columns, rows in _tables(lines, hub, party, good):
                _copy(table, columns, rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@contextmanager
def _bare() -> Iterator[None]:
    """Within the block the large tables have no foreign keys and no secondary indexes; the indexes come back after it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND conrelid::regclass::text = ANY (%s)",
            [list(TABLES)],
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT i.indexname, i.indexdef FROM pg_indexes i WHERE i.tablename = ANY (%s) AND NOT EXISTS"
            " (SELECT 1 FROM pg_constraint c WHERE c.conindid = quote_ident(i.indexname)::regclass AND c.contype IN ('p', 'u'))",
            [list(TABLES)],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            if "organisations" not in definition:  # nothing that is measured looks for them
                cursor.execute(definition)
        # The keys would look every row up again and change nothing that is measured: they stay off.


def _copy(table: str, columns: str, rows: Iterator[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        piece: list[str] = []
        for row in rows:
            piece.append(row)
            if len(piece) == _PIECE:
                copy.write("".join(piece))
                piece.clear()
        copy.write("".join(piece))


def _people() -> tuple[int, int]:
    """Merchants at their stalls, goods with producers; the first ids."""
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
        Good(party=parties[n // GOODS], number=f"G{n}", state="recognised", name=f"女包{n}", unit="个", hs_code="4202220000",
             producer=f"箱包厂{n % 97}")
        for n in range(MERCHANTS * GOODS)
    )  # fmt: skip
    return parties[0].pk, goods[0].pk


def _merchant(order: int, orders: int, hub: int) -> int:
    """Whose an order is: each so many-th the hub's."""
    step = max(1, orders // max(1, hub))
    return 0 if hub and order % step == 0 and order // step < hub else 1 + order % (MERCHANTS - 1)


def _packing(line: int) -> int:
    return line // (PER_ORDER * ORDERS_A_PACKING)


_ORDER = (
    "id, number, kind, state, revision, organisations, sections, merchant_id, buyer_id, ordered_on, country, currency, rate,"
    " rate_month, exemption_mode, collected_by_agent, amount, amount_cny, packages, net_weight, gross_weight, volume,"
    " lines_count, channel, reference, note, merchant_confirmed_by, agent_confirmed_by, policy_hash, created_by, is_demo,"
    " about_id"
)
_ORDER_END = f"{DAY}\tKE\tUSD\t7.1\t{DAY}\tself\tt\t12000\t85200\t100\t800\t900\t8\t10\tweb\t\t\tx\tx\t\t\tf"
_LINE = (
    "id, order_id, line_no, good_id, original_id, hs_code, name, name_en, model, brand, unit, quantity, price, amount, unit1,"
    " unit2, packages, net_weight, gross_weight, volume, inspection, export_duty"
)
_GOODS = "4202220000\t女包\tBag\t\t\t个"
_PART = "90\t9\t72\t81\t0.72\t1080"
Rows = Iterator[tuple[str, str, Iterator[str]]]


def _tables(lines: int, hub: int, party: int, good: int) -> Rows:
    """(table, columns, rows as COPY takes them)."""
    orders = -(-lines // PER_ORDER)
    packings = -(-orders // ORDERS_A_PACKING)
    hub //= PER_ORDER
    yield from _sold(lines, orders, hub, party, good)
    yield from _returned(lines, orders, max(1, lines // 100), party, good)
    yield from _packed(lines, packings, party)
    yield from _declared(lines, orders, packings, hub, party)


def _sold(lines: int, orders: int, hub: int, party: int, good: int) -> Rows:
    yield "orders_order", _ORDER, (
        f"{n + 1}\tT230601{n:07}\tsale\tconfirmed\t0\t{ORGANISATIONS}\t{SECTIONS}\t{party + _merchant(n, orders, hub)}\t{party}"
        f"\t{_ORDER_END}\t\\N\n"
        for n in range(orders)
    )  # fmt: skip
    yield "orders_orderline", _LINE, (
        f"{n + 1}\t{n // PER_ORDER + 1}\t{n % PER_ORDER + 1}"
        f"\t{good + _merchant(n // PER_ORDER, orders, hub) * GOODS + n % GOODS}\t\\N\t{_GOODS}"
        f"\t100\t12\t1200\t千克\t\t10\t80\t90\t0.8\tf\tf\n"
        for n in range(lines)
    )  # fmt: skip


def _returned(lines: int, orders: int, count: int, party: int, good: int) -> Rows:
    """Returns of each hundredth line, then a return of each of them."""

    def heads(first: int, prefix: str, about: Any) -> Iterator[str]:
        return (
            f"{first + n}\t{prefix}{n:07}\treturn\tconfirmed\t0\t{ORGANISATIONS}\t{SECTIONS}\t{party}\t{party}"
            f"\t{_ORDER_END}\t{about(n)}\n"
            for n in range(count)
        )

    def rows(first: int, order: int, quantity: int, about: Any) -> Iterator[str]:
        return (
            f"{first + n}\t{order + n}\t1\t{good}\t{about(n)}\t{_GOODS}\t{quantity}\t12\t{quantity * 12}\t千克\t\t1\t8\t9"
            f"\t0.08\tf\tf\n"
            for n in range(count)
        )

    back, again = orders + 1, orders + count + 1
    yield "orders_order", _ORDER, heads(back, "T230602", lambda n: n * 100 // PER_ORDER + 1)
    yield "orders_orderline", _LINE, rows(lines + 1, back, 20, lambda n: n * 100 + 1)
    yield "orders_order", _ORDER, heads(again, "T230603", lambda n: back + n)
    yield "orders_orderline", _LINE, rows(lines + count + 1, again, 10, lambda n: lines + 1 + n)


def _packed(lines: int, packings: int, party: int) -> Rows:
    yield (
        "packing_consolidation",
        "id, number, state, revision, organisations, sections, agent_id, country, currency, truck, note, created_by, is_demo",
        (
            f"{n + 1}\tZ230601{n:07}\tclosed\t0\t{ORGANISATIONS}\t{SECTIONS}\t{party}\tKE\tUSD\t\t\t\tf\n"
            for n in range(packings)
        ),
    )
    yield (
        "packing_consolidatedline",
        "id, consolidation_id, order_line_id, quantity, packages, net_weight, gross_weight, volume, amount, packed_quantity,"
        " packed_packages, packed_net, packed_gross, packed_volume, packed_amount",
        (f"{n + 1}\t{_packing(n) + 1}\t{n + 1}\t{_PART}\t{_PART}\n" for n in range(lines)),
    )
    yield (
        "packing_packing",
        "id, number, state, revision, organisations, sections, agent_id, packed_on, bill_of_lading, transport_mode, port,"
        " country, note, created_by, is_demo",
        (
            f"{n + 1}\tX230601{n:07}\tclosed\t0\t{ORGANISATIONS}\t{SECTIONS}\t{party}\t2023-06-02\tBL{n}\t2\t0202\tKE\t\t\tf\n"
            for n in range(packings)
        ),
    )
    yield (
        "packing_container",
        "id, packing_id, number, kind, seal",
        (f"{n + 1}\t{n + 1}\tDEMU{n % 10_000_000:07}\t40HQ\t\n" for n in range(packings)),
    )
    yield (
        "packing_packedline",
        "id, container_id, consolidated_id, order_line_id, quantity, packages, net_weight, gross_weight, volume, amount",
        (f"{n + 1}\t{_packing(n) + 1}\t{n + 1}\t{n + 1}\t{_PART}\n" for n in range(lines)),
    )


def _declared(lines: int, orders: int, packings: int, hub: int, party: int) -> Rows:
    yield (
        "declarations_declaration",
        "id, number, version, packing_id, state, revision, organisations, sections, agent_id, declared_on, country, port,"
        " transport_mode, currency, rate, amount, amount_cny, packages, net_weight, gross_weight, header, paperless,"
        " entry_number, sequence_number, rejection, as_of, policy_hash, created_by, is_demo, released_at",
        (
            f"{n + 1}\tD230603{n:07}\t1\t{n + 1}\treleased\t0\t{ORGANISATIONS}\t{SECTIONS}\t{party}\t2023-06-03\tKE\t0202\t2\tUSD"
            f"\t7.1\t64800\t460080\t540\t4320\t4860\t{{}}\tt\t\t\t\t2023-06-03\tx\t\tf\t2023-06-04\n"
            for n in range(packings)
        ),
    )
    yield (
        "declarations_declaredline",
        "id, declaration_id, g_no, hs_code, chapter, name, model, quantity, unit, unit1, unit2, amount, net_weight,"
        " gross_weight, packages, merged",
        (
            f"{n + 1}\t{n // KINDS + 1}\t{n % KINDS + 1}\t4202220000\t42\t女包\t\t900\t个\t千克\t\t10800\t720\t810\t90"
            f"\t{'t' if n % KINDS == KINDS - 1 else 'f'}\n"
            for n in range(packings * KINDS)
        ),
    )
    yield (
        "declarations_sourceline",
        "id, line_id, packed_id, order_line_id, merchant_id, quantity, amount, amount_cny, net_weight, gross_weight, packages,"
        " live",
        (
            f"{n + 1}\t{_packing(n) * KINDS + n % KINDS + 1}\t{n + 1}\t{n + 1}"
            f"\t{party + _merchant(n // PER_ORDER, orders, hub)}\t90\t1080\t7668\t72\t81\t9\tt\n"
            for n in range(lines)
        ),
    )
