"""An import into a scratch table, and files for it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from django.db import connection

from youju.foundation.imports.declaring import (
    Amount,
    Batch,
    CellFinding,
    Choice,
    Code,
    Column,
    Day,
    Effects,
    Flag,
    Importer,
    Text,
    Whole,
)
from youju.foundation.imports.staging import copy_rows


def _check(batch: Batch) -> Sequence[CellFinding]:
    return [CellFinding(row.number, "amount", "单价与数量不合") for row in batch.rows if row.values[3] == 666]


def _count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM scratch_goods")
        return int(cursor.fetchone()[0])


def _compare(batch: Batch) -> Effects:
    return Effects(new=len(batch.rows), changed=0, unchanged=0, token=f"rows {_count()}")


def _store(batch: Batch) -> Mapping[str, Any]:
    def rows() -> Iterator[tuple[Any, ...]]:
        for row in batch.rows:
            if row.values[0] == "炸":
                raise RuntimeError("in the middle of the copy")
            yield (batch.id, *row.values)

    return {
        "rows": copy_rows(
            "scratch_goods", ("batch", "name", "code", "amount", "pieces", "day", "kind", "new"), rows()
        )
    }


def _undo(batch: Batch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM scratch_goods WHERE batch = %s", [batch.id])


GOODS = Importer(
    code="test.goods",
    title="导入试验商品",
    permission="targets.import",
    columns=(
        Column("name", "商品名称", Text(20), aliases=("品名",), required=True),
        Column("code", "商品编码", Code(10, r"\d{10}", "应为 10 位数字"), required=True, unique=True),
        Column("amount", "金额（元）", Amount(2, least="0"), required=True),
        Column("pieces", "数量", Whole(1, 9999)),
        Column("day", "日期", Day()),
        Column("kind", "类别", Choice({"bag": "箱包", "part": "辅料"})),
        Column("new", "新品", Flag()),
    ),
    check=_check,
    compare=_compare,
    store=_store,
    undo=_undo,
    consequences=lambda batch: [f"删除 {batch.kept['rows']} 行"],
)
HEAD = ["商品名称", "商品编码", "金额（元）", "数量", "日期", "类别", "新品"]
GOOD = ["手提包", "4202220000", "1,200.50", 10, "2023年5月1日", "箱包", "是"]


def book(*rows: Sequence[Any], after: Callable[[Any, Any], None] | None = None) -> bytes:
    """A workbook with the rows; ``after(workbook, sheet)`` may do more to it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        workbook.set_properties({"created": datetime(2023, 6, 1)})  # the same rows, the same bytes
        sheet = workbook.add_worksheet("商品")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if after:
            after(workbook, sheet)
    return file.getvalue()


def good_rows(count: int) -> list[list[Any]]:
    return [
        [f"包{n}", f"{4202220000 + n}", "12.50", n % 99 + 1, "2023-05-01", "箱包", "否"] for n in range(count)
    ]


@pytest.fixture(autouse=True)
def goods(request: pytest.FixtureRequest) -> Iterator[Importer]:
    from youju.foundation.imports import declaring

    declaring.register_importer(GOODS)
    yield GOODS
    declaring._importers.pop(GOODS.code, None)


@pytest.fixture
def scratch(transactional_db: None) -> Iterator[Callable[[], int]]:
    """The table that the import writes; gives a function that counts its rows."""
    from youju.foundation.database.addresses import Role
    from youju.foundation.database.roles import acting_as

    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE scratch_goods (batch uuid, name text, code text PRIMARY KEY, amount numeric,"
            " pieces integer, day date, kind text, new boolean)"
        )
    yield _count
    with acting_as(Role.OWNER), connection.cursor() as cursor:
        cursor.execute("DROP TABLE scratch_goods")


@pytest.fixture
def officer(transactional_db: None) -> Any:
    from youju.foundation.identity.models import Organisation, User

    office = Organisation.objects.create(code="IMP", name="某中心", kind="centre")
    return User.objects.create(
        username="zhou", display_name="周敏", organisation=office, roles=["PFO"], must_change_password=False
    )
