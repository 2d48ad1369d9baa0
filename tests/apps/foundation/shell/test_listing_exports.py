"""Exports hold every row of the filter, say how many, and start no formula."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from youju.foundation.audit.selectors import history
from youju.foundation.kernel.errors import InputError
from youju.foundation.shell.listing import Column, Listing, exporting, render_listing


@dataclass
class Line:
    name: str
    amount: str | None


LISTING = Listing(
    name="lines",
    title="明细",
    columns=(
        Column("name", "名称", sort="name"),
        Column("amount", "金额（万元）", sort="amount", numeric=True),
        Column("mark", "标记", value=lambda row: "内部", export=False),
    ),
    order="name",
    export_name="明细表",
    page_sizes=(2,),
)
LINES = [Line("丙", "1234567890123456.78"), Line("甲", "-5.50"), Line("乙", None)]
HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def ask(kind: str, lines=LINES, **more):
    request = RequestFactory().get(f"/x?export={kind}&page=2")
    return render_listing(request, LISTING, lines, **more)


def read_csv(response) -> list[list[str]]:
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def read_xlsx(response) -> list[list[object]]:
    body = b"".join(response.streaming_content)
    response.close()
    return CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0).to_python()


def test_csv_holds_every_row_and_its_count() -> None:
    response = ask("csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "明细表_" in unquote(response["Content-Disposition"])
    rows = read_csv(response)
    assert rows[0] == ["名称", "金额（万元）"]
    assert rows[1:4] == [["丙", "1234567890123456.78"], ["乙", ""], ["甲", "-5.50"]]
    assert rows[4][0].startswith("共 3 行；筛选：无；导出时间：20")


def test_xlsx_holds_numbers_as_numbers_and_loses_no_digit() -> None:
    rows = read_xlsx(ask("xlsx"))
    assert rows[0] == ["名称", "金额（万元）"]
    assert rows[1:4] == [["丙", "1234567890123456.78"], ["乙", ""], ["甲", -5.5]]
    assert str(rows[4][0]).startswith("共 3 行")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_a_csv_starts_a_formula(text: str) -> None:
    rows = read_csv(ask("csv", [Line(text, "=2")]))
    assert rows[1] == ["'" + text, "'=2"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_an_xlsx_stays_text(text: str) -> None:
    rows = read_xlsx(ask("xlsx", [Line(text, "=2")]))
    assert rows[1] == [text, "=2"]


@pytest.mark.parametrize("number", ["-5.50", "+3", "-1"])
def test_a_signed_number_is_no_formula(number: str) -> None:
    assert exporting.safe_text(number) == number


def test_a_heading_is_safe_too() -> None:
    assert exporting.safe_text("=cmd") == "'=cmd"


def test_more_text_than_a_cell_holds_is_cut_not_lost() -> None:
    rows = read_xlsx(ask("xlsx", [Line("长" * 40_000, "1")]))
    assert len(str(rows[1][0])) == 32_767
    assert str(rows[1][0]).endswith("…")


def test_a_query_is_exported_row_by_row_and_noted_once(organisations) -> None:
    listing = Listing(
        name="b",
        title="单位",
        columns=(Column("code", "简码", sort="code"),),
        order="code",
        export_name="单位",
    )
    with CaptureQueriesContext(connection) as asked:
        response = render_listing(RequestFactory().get("/x?export=csv&sort=-code"), listing, organisations)
        rows = read_csv(response)
    assert [row[0] for row in rows[1:31]] == [f"O{n:03}" for n in range(29, -1, -1)]
    assert rows[31][0].startswith("共 30 行")
    about = [each["sql"] for each in asked.captured_queries]
    assert sum("identity_organisation" in sql for sql in about) == 1
    assert sum("audit_append" in sql for sql in about) == 1
    entry = history("shell.list", "b").lines[0]
    assert "导出了列表" in entry.deed
    assert {change.name: change.after for change in entry.changes} == {
        "文件格式": "csv",
        "筛选条件": "export=csv&sort=-code",
        "列": "简码",
    }


def test_who_may_not_export_gets_nothing() -> None:
    with pytest.raises(PermissionDenied, match="没有导出"):
        ask("csv", may_export=False)


def test_more_rows_than_a_sheet_holds_is_a_sentence(monkeypatch) -> None:
    monkeypatch.setattr(exporting, "XLSX_ROWS", 4)
    with pytest.raises(InputError, match="导出 CSV"):
        ask("xlsx")
