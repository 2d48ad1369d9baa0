"""order-api: orders of 10 lines registered through HTTP, each judged, audited, answered once.

The product is the real one (``youju up``: granian with two worker processes, embedded PostgreSQL) in a folder of its own. The
load runs in two processes beside it on the same machine, each thread with a kept connection and keys of its own. The peer writes
the very same rows with bare psycopg: head, lines, finding, trail entry and kept answer in one prepared statement, to tables
of the same columns, checks, indexes and foreign keys, from as many connections. The difference is what judging, HTTP and the
chain cost.

There are as many connections as the server's two processes work on at once; the peer gets as many. Requests of one account that
come while another is being registered are looked up and written together (``orders.services.answering``), each judged, recorded
and answered for itself; with ``YOUJU_BENCH_THREADS=8`` fewer come together, and the figure says so.

The figure is that of single requests. The note also says how many a second come in as bulks (NDJSON, each order with a key of its
own): the way for programs that have many.

    YOUJU_BENCH_SECONDS=12  YOUJU_BENCH_THREADS=16
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS = float(os.environ.get("YOUJU_BENCH_SECONDS", "12"))
THREADS = int(os.environ.get("YOUJU_BENCH_THREADS", "16"))
PROCESSES, LINES, KEYS, BULK = 2, 10, 160, 100
TABLES = ("orders_order", "orders_orderline", "orders_orderfinding", "audit_entry", "identity_apirequest")
TARGET = 0.35
TRYTON = 38


def main() -> None:
    """Print one JSON object."""
    folder = Path(tempfile.mkdtemp(prefix="youju-orders-"))
    environment = os.environ | {"YOUJU_VAR": str(folder)}
    command = [sys.executable, "-m", "youju.cli", "up", "--port", "0"]
    up = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        port = _port(up)
        keys = json.loads(_apart("seed", environment))
        _load(_http, port, keys, min(2.0, SECONDS / 2))  # each worker process has loaded what it needs
        done, errors = _load(_http, port, keys, SECONDS)
        in_bulk, wrong = _load(_bulk, port, keys, SECONDS)
        peer = float(_apart("peer", environment))
    finally:
        up.send_signal(signal.SIGINT)
        up.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)
    ours = done / SECONDS
    result = {
        "name": "order-api",
        "ours": round(ours, 1),
        "peer": round(peer, 1),
        "ratio": round(ours / peer, 3),
        "unit": "orders/s",
        "n": done,
        "note": (
            f"orders of {LINES} lines, {THREADS} connections, {SECONDS:g} s, {errors} errors, load and server on the same"
            f" {os.cpu_count()} cores (load average {os.getloadavg()[0]:.1f}); peer: the same rows in one prepared statement by"
            f" bare psycopg. Target {TARGET:.0%}: {'kept' if ours / peer >= TARGET else 'NOT KEPT'}. Tryton's JSON-RPC was"
            f" measured elsewhere at {TRYTON}/s for a sale of such a kind: {ours / TRYTON:.1f} x. As NDJSON, {BULK} orders in"
            f" a request, each judged, audited and kept under a key of its own: {in_bulk / SECONDS:.1f} orders/s,"
            f" {in_bulk / SECONDS / TRYTON:.1f} x, {wrong} errors."
        ),
    }
    print(json.dumps(result, ensure_ascii=False))


def _port(up: subprocess.Popen[str]) -> int:
    assert up.stderr is not None
    for line in up.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if found:
            threading.Thread(target=up.stderr.read, daemon=True).start()
            return int(found[1])
    raise SystemExit("the product did not start")


def _apart(what: str, environment: dict[str, str]) -> str:
    """This file again, in a process that knows the product's database; its last line."""
    done = subprocess.run(
        [sys.executable, __file__, what],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1]


def _template() -> str:
    lines = [
        {"good": f"G{number}", "quantity": "100", "price": "10" if number else "{price}", "packages": 10,
         "net_weight": "80", "gross_weight": "90", "volume": "0.8"}
        for number in range(LINES)
    ]  # fmt: skip
    wish = {"merchant": "M1", "agent": "A1", "buyer": "B1", "ordered_on": "2023-06-{day}", "country": "KE",
            "lines": lines, "explanations": [{"rule": "ORD-035", "text": "测试数据，补登以前的交易"}]}  # fmt: skip
    return json.dumps(wish)


TEMPLATE = _template()


def _order(serial: int) -> bytes:
    """An order with a total of its own: one like another would have to be explained."""
    price, day = f"{1 + serial / 10_000:.4f}", f"{serial % 28 + 1:02}"
    return TEMPLATE.replace("{price}", price).replace("{day}", day).encode()


def _load(crew: Any, port: int, keys: list[str], seconds: float) -> tuple[float, int]:
    """Orders done and errors, by all threads of all processes."""
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)
    share = THREADS // PROCESSES
    crews = [fork.Process(target=crew, args=(port, keys, n, share, seconds, there)) for n in range(PROCESSES)]
    for each in crews:
        each.start()
    told = [here.recv() for _ in crews]
    for each in crews:
        each.join()
    return sum(done for done, _ in told), sum(wrong for _, wrong in told)


def _http(port: int, keys: list[str], place: int, share: int, seconds: float, answer: Any) -> None:
    """Requests over kept sockets: bodies from one text, of an answer only its status and its length are read.

    The peer has no HTTP between itself and the database; what our own client costs is no part of the comparison and is
    kept as small as it can be on a machine that carries load and server.
    """
    counts = [0, 0]
    own = keys[place::PROCESSES]
    offset = 0 if seconds < SECONDS else 50_000
    end = time.perf_counter() + seconds

    def one(thread: int) -> None:
        mine = own[thread::share]
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            count = 0
            while time.perf_counter() < end:
                count += 1
                body = _order((place * share + thread) * 100_000 + offset + count)
                key = mine[count % len(mine)]  # keys take turns: 600 requests a minute each
                head = (
                    f"POST /api/v1/orders/ HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
                    f"Content-Type: application/json\r\nIdempotency-Key: {uuid.uuid4().hex}\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n"
                )
                connection.sendall(head.encode() + body)
                status, told = _answer(connection)
                if status != 201:
                    if not counts[1]:
                        print(status, told[:300].decode(), file=sys.stderr)
                    counts[1] += 1
                elif time.perf_counter() < end:
                    counts[0] += 1

    threads = [threading.Thread(target=one, args=[number]) for number in range(share)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer.send(tuple(counts))


def _bulk(port: int, keys: list[str], place: int, share: int, seconds: float, answer: Any) -> None:
    """The same orders, many in a request. What is under way at the end is waited for, and the time it took counts."""
    counts = [0, 0]
    began = time.perf_counter()

    def one(thread: int) -> None:
        mine = keys[place::PROCESSES][thread::share]
        serial = 1_000_000 + (place * share + thread) * 100_000
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < began + seconds:
                lines = []
                for serial in range(serial + 1, serial + 1 + BULK):  # noqa: B020 - goes on where it stopped
                    lines.append(b'{"key": "%s", ' % uuid.uuid4().hex.encode() + _order(serial)[1:])
                body = b"\n".join(lines)
                key = mine[serial // BULK % len(mine)]
                head = (
                    f"POST /api/v1/orders/bulk HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
                    f"Content-Type: application/x-ndjson\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                connection.sendall(head.encode() + body)
                told = b""
                while not told.endswith(b"\r\n0\r\n\r\n"):
                    more = connection.recv(262_144)
                    if not more:
                        raise SystemExit("the server closed the connection")
                    told += more
                done = told.count(b'"status": 201')
                counts[0] += done
                counts[1] += BULK - done
                if done < BULK and counts[1] == BULK - done:
                    print(told[:600].decode(), file=sys.stderr)

    threads = [threading.Thread(target=one, args=[number]) for number in range(share)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer.send((counts[0] * seconds / (time.perf_counter() - began), counts[1]))


def _answer(connection: socket.socket) -> tuple[int, bytes]:
    """Status and body of one answer."""
    told = b""
    while True:
        more = connection.recv(65_536)
        if not more:
            raise SystemExit("the server closed the connection")
        told += more
        head, gap, body = told.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head) if gap else None
        if length is not None and len(body) >= int(length[1]):
            return int(head[9:12]), body


def seed() -> None:
    """A merchant with goods, its agent, a buyer; keys of the merchant's program. Prints the keys."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "youju.config.settings"
    django.setup()
    sys.path.insert(0, str(ROOT / "tests"))
    from datetime import timedelta

    from django.utils import timezone

    from trade_deals import make_deal
    from youju.foundation.identity import services
    from youju.foundation.identity.models import User
    from youju.foundation.identity.permissions import Permission
    from youju.foundation.identity.roles import Role
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        deal = make_deal(goods=LINES)
        User.objects.filter(pk=deal.merchant.pk).update(is_service=True)
        owner = User.objects.get(pk=deal.merchant.pk)
        admin = User.objects.create(
            username="bench-adm",
            display_name="Bench",
            organisation=owner.organisation,
            roles=[Role.ADM.value],
        )
        until = timezone.localdate() + timedelta(days=2)
        keys = [
            services.create_key(
                actor=admin, owner=owner, name="bench", scopes=[Permission.ORDERS_EDIT], expires_on=until
            )
            for _ in range(KEYS)
        ]
    print(json.dumps([each.secret for each in keys]))


def peer() -> None:
    """Print how many orders a second bare psycopg writes: the rows of the last order, again and again."""
    import psycopg
    from psycopg import sql

    from youju.foundation.database.addresses import Role, address
    from youju.foundation.database.ready import open_connection

    with open_connection(address(Role.OWNER), "YOUJU_DATABASE_URL") as owner:
        owner.execute(f"DROP TABLE IF EXISTS {', '.join(f'bench_{table}' for table in TABLES)}")
        for table in TABLES:
            owner.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
        _reference(owner)
        key = owner.execute("SELECT max(id) FROM orders_order").fetchone()[0]
        statement, values = _statement(owner, key)
        text, info = statement.as_string(owner), owner.info.dsn
        password = owner.info.password
        owner.commit()

        def one(share: list[int], end: float) -> None:
            with psycopg.connect(info, password=password, autocommit=True, prepare_threshold=1) as mine:
                while time.perf_counter() < end:
                    given = [value() if callable(value) else value for value in values]
                    mine.execute(text, given)
                    share[0] += 1

        print(_peers(one))
    del sql


def _reference(owner: Any) -> None:
    """Give the copies the foreign keys of their originals, which LIKE leaves out; to a copied table they point at the copy."""
    keys = owner.execute(
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid), confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND conrelid = ANY (%s::regclass[])",
        [list(TABLES)],
    ).fetchall()
    for table, told, target in keys:
        copied = f"bench_{target}" if target in TABLES else target
        here = told.replace(f"REFERENCES {target}(", f"REFERENCES {copied}(")
        owner.execute(f"ALTER TABLE bench_{table} ADD {here}")


def _peers(one: Any) -> float:
    fork = get_context("fork")
    here, there = fork.Pipe(duplex=False)

    def crew() -> None:
        end = time.perf_counter() + SECONDS
        shares = [[0] for _ in range(THREADS // PROCESSES)]
        threads = [threading.Thread(target=one, args=(share, end)) for share in shares]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        there.send(sum(share[0] for share in shares))

    crews = [fork.Process(target=crew) for _ in range(PROCESSES)]
    for each in crews:
        each.start()
    done = sum(here.recv() for _ in crews)
    for each in crews:
        each.join()
    return done / SECONDS


def _statement(owner: Any, key: int) -> tuple[Any, list[Any]]:
    """One statement that writes all rows of one order, and its values; a callable one is another in each order."""
    from psycopg import sql
    from psycopg.types.json import Jsonb

    fresh = {"number": lambda: f"T{uuid.uuid4().hex[:20]}", "key": lambda: uuid.uuid4().hex}
    wheres = {
        "orders_order": "id = %s",
        "orders_orderline": "order_id = %s",
        "orders_orderfinding": "order_id = %s",
        "audit_entry": "(segment, position) = (SELECT segment, position FROM audit_entry WHERE subject_key ="
        " (SELECT number FROM orders_order WHERE id = %s) LIMIT 1)",
        "identity_apirequest": "(user_id, key) = (SELECT user_id, key FROM identity_apirequest WHERE %s::bigint > 0 LIMIT 1)",
    }
    values: list[Any] = []
    parts = []
    for table in TABLES:
        cursor = owner.execute(f"SELECT * FROM {table} WHERE {wheres[table]}", [key])
        names = [column.name for column in cursor.description]
        rows = cursor.fetchall()
        assert rows, table
        kept = [name for name in names if name != "id"]
        marks = []
        for row in rows:
            told = dict(zip(names, row, strict=True))
            line = []
            for name in kept:
                if name == "order_id":
                    line.append(sql.SQL("(SELECT id FROM head)"))
                elif table == "audit_entry" and name == "position":
                    line.append(sql.SQL("nextval('bench_position')"))
                else:
                    line.append(sql.Placeholder())
                    value = told[name]
                    value = Jsonb(value) if isinstance(value, dict) else value
                    values.append(
                        fresh.get(name, value) if table in ("orders_order", "identity_apirequest") else value
                    )
            marks.append(sql.SQL("({})").format(sql.SQL(", ").join(line)))
        insert = sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
            sql.Identifier(f"bench_{table}"),
            sql.SQL(", ").join(map(sql.Identifier, kept)),
            sql.SQL(", ").join(marks),
        )
        parts.append((table, insert))
    owner.execute("CREATE SEQUENCE IF NOT EXISTS bench_position")
    head = parts[0][1]
    rest = [sql.SQL("p{} AS ({})").format(sql.SQL(str(n)), part) for n, (_, part) in enumerate(parts[1:])]
    whole = sql.SQL("WITH head AS ({} RETURNING id), {} SELECT id FROM head").format(
        head, sql.SQL(", ").join(rest)
    )
    return whole, values


if __name__ == "__main__":
    {"seed": seed, "peer": peer}.get(sys.argv[1] if len(sys.argv) > 1 else "", main)()
