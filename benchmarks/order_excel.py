"""order-excel: 100,000 order lines (10,000 orders) from the uploaded workbook to the commit.

Ours: the whole way through the services in a process of its own, whose peak memory is read at the end: keep the file, read every
cell by its kind, group rows into orders, look everything up, judge every order by every rule, stage by COPY, preview,
judge again at the commit, write heads, lines, findings and trail by COPY. The peer reads the same file with calamine and copies
the same rows into tables of the same columns, checks and indexes, judging nothing.

    YOUJU_BENCH_LINES=100000
"""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

LINES = int(os.environ.get("YOUJU_BENCH_LINES", "100000"))
EACH, GOODS = 10, 50
TABLES = ("orders_order", "orders_orderline", "orders_orderfinding")


def main() -> None:
    """Print one JSON object."""
    from peers.apart import apart
    from peers.product import product

    with product("youju.config.settings"), tempfile.TemporaryDirectory() as folder:
        _people()
        path = Path(folder) / "orders.xlsx"
        path.write_bytes(_file())
        whole, memory = apart(_whole_way, path)
        floor, _ = apart(_copy_alone, path)
    result = {
        "name": "order-excel",
        "ours": round(whole, 2),
        "peer": round(floor, 2),
        "ratio": round(whole / floor, 2),
        "unit": "s",
        "n": LINES,
        "note": (
            f"one run, {LINES // EACH:,} orders of {EACH} lines, each judged twice (check and commit) and on the trail; peak"
            f" resident memory {memory} MB; {LINES / whole:,.0f} lines/s; load average {os.getloadavg()[0]:.1f} on"
            f" {os.cpu_count()} cores. Peer: calamine, and COPY of the same rows out and in, nothing judged."
        ),
    }
    print(json.dumps(result, ensure_ascii=False))


def _people() -> None:
    from trade_deals import make_deal
    from youju.foundation.kernel.context import reaching_all

    with reaching_all():
        make_deal(goods=GOODS)


def _file() -> bytes:
    import xlsxwriter

    from youju.trade.orders.imports.orders import COLUMNS

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.heading for column in COLUMNS])
        for number in range(LINES):
            order, line = divmod(number, EACH)
            values = {
                "reference": f"HT-{order:06}", "merchant": "M1", "agent": "A1", "buyer": "B1",
                "ordered_on": f"2023-06-{order % 28 + 1:02}", "country": "KE", "currency": "USD", "good": f"G{number % GOODS}",
                "quantity": "100", "price": "10" if line else f"{1 + order / 10_000:.4f}", "packages": 10, "net_weight": "80",
                "gross_weight": "90", "volume": "0.8", "explanation": "" if line else "补登以前的交易",
            }  # fmt: skip
            sheet.write_row(number + 1, 0, [values.get(column.code, "") for column in COLUMNS])
    return out.getvalue()


def _whole_way(path: Path) -> None:
    from trade_people import as_
    from youju.foundation.identity.models import User
    from youju.foundation.imports import services

    user = User.objects.select_related("organisation").get(username="mer-mer")
    with as_(user), path.open("rb") as file:
        batch, _ = services.receive(
            actor=user, importer="orders.orders", name=path.name, content=file, again=True
        )
        batch = services.check_batch(batch_id=batch.pk)
        token = (batch.effects or {}).get("token", "")
        services.prepare_commit(actor=user, batch_id=batch.pk, token=token, acknowledged=True)
        done = services.commit_batch(batch_id=batch.pk)
    if (done.state, done.rows) != ("committed", LINES):
        raise SystemExit(f"not committed: {done.state} {done.error}")


def _copy_alone(path: Path) -> None:
    """The rows as ours wrote them are there already: what costs here is reading the workbook and copying them once more."""
    from django.db import connection
    from python_calamine import CalamineWorkbook

    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    with acting_as(Role.OWNER), connection.cursor() as cursor:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
        assert len(rows) == LINES + 1
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")
            with cursor.copy(f"COPY {table} TO STDOUT") as source:
                told = [bytes(part) for part in source]
            with cursor.copy(f"COPY bench_{table} FROM STDIN") as target:
                for part in told:
                    target.write(part)


if __name__ == "__main__":
    main()
