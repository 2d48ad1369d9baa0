"""import-100k: 100,000 rows of 15 columns from the uploaded file to the commit.

Ours: the whole way through the services, in one child process whose peak memory is read at the end: keep the file,
read it, read every cell by its kind, find duplicates, stage by COPY, preview, confirm, write by COPY in one transaction,
audit entries. The peer reads the same file with calamine and copies the rows into the same table, without any check. With
one bad row in a hundred, ours ends with the annotated workbook in place of the commit. django-import-export, the usual
choice, imports fewer rows, scaled up.
"""

from __future__ import annotations

import io
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

ROWS, RUNS, PEER_ROWS = 100_000, 3, 2_000
CODES = (
    "name", "code", "spec", "unit", "pieces", "amount", "price", "net", "gross", "day", "kind", "fresh", "buyer", "stall", "note",
)  # fmt: skip
TYPES = (
    "text", "text", "text", "text", "integer", "numeric", "numeric", "numeric", "numeric", "date", "text", "boolean", "text",
    "text", "text",
)  # fmt: skip


def main() -> None:
    """Print one JSON object."""
    from peers.product import product

    with product(), tempfile.TemporaryDirectory() as folder:
        good, bad = Path(folder) / "good.xlsx", Path(folder) / "bad.xlsx"
        good.write_bytes(_file(bad_share=0))
        bad.write_bytes(_file(bad_share=0.01))
        _table()
        peer, ours, wrong, memory = [], [], [], 0
        for _ in range(RUNS):
            peer.append(_apart(_copy_alone, good)[0])
            seconds, peak = _apart(_whole_way, good)
            ours.append(seconds)
            memory = max(memory, peak)
            seconds, peak = _apart(_to_the_annotated, bad)
            wrong.append(seconds)
            memory = max(memory, peak)
        other = _apart(_import_export, good)[0] * ROWS / PEER_ROWS
    floor, whole, back = (statistics.median(each) for each in (peer, ours, wrong))
    result = {
        "name": "import-100k",
        "ours": round(whole, 2),
        "peer": round(floor, 2),
        "ratio": round(whole / floor, 2),
        "unit": "s",
        "n": ROWS,
        "note": (
            f"medians of {RUNS} runs, each in a process of its own; peer: calamine and COPY without checks. With 1 % bad rows the"
            f" annotated workbook is kept after {back:.2f} s ({back / floor:.2f} x). Peak resident memory {memory} MB."
            f" django-import-export: {other:.0f} s, scaled up from {PEER_ROWS:,} rows ({other / floor:.0f} x)."
        ),
    }
    print(json.dumps(result, ensure_ascii=False))


def _file(*, bad_share: float) -> bytes:
    import xlsxwriter

    draw = random.Random(7)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [column.heading for column in importer().columns])
        for number in range(1, ROWS + 1):
            pieces, price = draw.randint(1, 500), draw.randint(100, 90_000) / 100
            wrong = draw.random() < bad_share
            row = [
                f"女式手提包{draw.randint(1, 400)}型", f"{10_000_000_000 + number}", f"{draw.randint(20, 60)}cm", "个", pieces,
                "错" if wrong else f"{pieces * price:.2f}", f"{price:.2f}", f"{pieces * 0.5:.3f}", f"{pieces * 0.6:.3f}",
                f"2023-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}", draw.choice(("箱包", "辅料")), draw.choice("是否"),
                f"BUYER {draw.randint(1, 900)}", f"A{draw.randint(1, 3)}-{draw.randint(100, 999)}", "备注" * draw.randint(0, 3),
            ]  # fmt: skip
            sheet.write_row(number, 0, row)
    return out.getvalue()


def importer() -> Any:
    """The declaration: fifteen columns, every kind."""
    from youju.foundation.imports.declaring import (
        Amount,
        Batch,
        Choice,
        Code,
        Column,
        Day,
        Flag,
        Importer,
        Text,
        Whole,
    )
    from youju.foundation.imports.staging import copy_rows

    def store(batch: Batch) -> Mapping[str, Any]:
        return {"rows": copy_rows("bench_goods", CODES, (row.values for row in batch.rows))}

    kinds = (
        Text(100), Code(20, r"\d{11}"), Text(50), Text(10), Whole(1), Amount(2, least="0"), Amount(2), Amount(3), Amount(3),
        Day(), Choice({"bag": "箱包", "part": "辅料"}), Flag(), Text(100), Text(20), Text(500),
    )  # fmt: skip
    headings = (
        "品名",
        "编号",
        "规格",
        "单位",
        "数量",
        "金额",
        "单价",
        "净重",
        "毛重",
        "日期",
        "类别",
        "新品",
        "采购商",
        "档口",
        "备注",
    )
    columns = tuple(
        Column(code, heading, kind, required=code in ("name", "code", "amount"), unique=code == "code")
        for code, heading, kind in zip(CODES, headings, kinds, strict=True)
    )
    return Importer("bench.goods", "基准", "targets.import", columns, store)


def _table() -> None:
    from django.db import connection

    from youju.foundation.database.addresses import Role
    from youju.foundation.database.ready import refresh_grants
    from youju.foundation.database.roles import acting_as

    columns = ", ".join(f"{code} {kind}" for code, kind in zip(CODES, TYPES, strict=True))
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_goods ({columns})")
        cursor.execute("ALTER TABLE bench_goods ADD UNIQUE (code)")
    refresh_grants()


def _apart(work: Any, path: Path) -> tuple[float, int]:
    """Into an empty table, in a fresh process: seconds, and its peak resident memory in MB."""
    from django.db import connection
    from peers.apart import apart

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM bench_goods")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return apart(work, path)


def _copy_alone(path: Path) -> None:
    from django.db import transaction
    from python_calamine import CalamineWorkbook

    from youju.foundation.imports.staging import copy_rows

    rows = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()

    def plain() -> Iterator[list[Any]]:
        for row in rows[1:]:
            row[4], row[11] = int(row[4]), row[11] == "是"
            yield row

    with transaction.atomic():
        copy_rows("bench_goods", CODES, plain())


def _officer() -> Any:
    from youju.foundation.identity.models import Organisation, User

    office, _ = Organisation.objects.get_or_create(code="BENCH", defaults={"name": "bench", "kind": "centre"})
    user, _ = User.objects.get_or_create(
        username="bench", defaults={"display_name": "Bench", "organisation": office, "roles": ["PFO"]}
    )
    return user


def _through_the_check(path: Path) -> Any:
    from youju.foundation.imports import services
    from youju.foundation.imports.declaring import register_importer

    register_importer(importer())
    user = _officer()
    with path.open("rb") as file:
        batch, _ = services.receive(
            actor=user, importer="bench.goods", name=path.name, content=file, again=True
        )
    return user, services.check_batch(batch_id=batch.pk)


def _whole_way(path: Path) -> None:
    from youju.foundation.imports import services

    user, batch = _through_the_check(path)
    services.prepare_commit(actor=user, batch_id=batch.pk, token="", acknowledged=True)
    done = services.commit_batch(batch_id=batch.pk)
    if (done.state, done.rows) != ("committed", ROWS):
        raise SystemExit(f"not committed: {done.state} {done.error}")


def _to_the_annotated(path: Path) -> None:
    _, batch = _through_the_check(path)
    if batch.state != "findings" or not batch.annotated:
        raise SystemExit(f"no annotated workbook: {batch.state} {batch.error}")


def _import_export(path: Path) -> None:
    import tablib
    from import_export import resources
    from peers.models import Plain
    from python_calamine import CalamineWorkbook

    class Goods(resources.ModelResource):
        class Meta:
            model = Plain
            import_id_fields = ("code",)
            fields = ("name", "code", "state", "amount", "note", "day", "number")
            use_bulk = True

    rows = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python()
    data = tablib.Dataset(headers=["name", "code", "state", "amount", "note", "day", "number"])
    for row in rows[1 : PEER_ROWS + 1]:
        data.append([row[0], row[1], "new", row[5], row[14], row[9], row[4]])
    result = Goods().import_data(data, dry_run=False, raise_errors=True)
    if result.totals["new"] != PEER_ROWS:
        raise SystemExit("django-import-export imported something else")


if __name__ == "__main__":
    main()
