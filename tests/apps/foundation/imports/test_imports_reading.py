"""Files of every make: what is read, what is said aloud, what is refused."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from apps.foundation.imports.conftest import GOOD, GOODS, HEAD, book, good_rows
from youju.foundation.documents.reading.limits import limits_today
from youju.foundation.imports import staging
from youju.foundation.imports.annotating import annotate
from youju.foundation.imports.sheets import read_sheet
from youju.foundation.imports.tables import Table, read_table
from youju.foundation.imports.template import template_of
from youju.foundation.kernel.errors import InputError


def read(content: bytes, name: str = "货.xlsx") -> Table:
    return read_table(read_sheet(content, name, limits_today()), GOODS)


def messages(table: Table) -> list[tuple[int, str, str]]:
    return [(each.row, each.column, each.message) for each in table.findings]


def csv(*rows: list[Any], delimiter: str = ",") -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)


VALUES = ("手提包", "4202220000", Decimal("1200.50"), 10, date(2023, 5, 1), "bag", True)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_every_charset(charset: str, delimiter: str) -> None:
    table = read(csv(HEAD, GOOD, delimiter=delimiter).encode(charset), "货.csv")
    assert not table.findings
    assert [row.values for row in table.rows] == [VALUES]


def test_a_workbook_with_titles_above_and_columns_in_another_order() -> None:
    order = [3, 0, 1, 2, 6, 5, 4]
    rows = [["商品表"], [], [HEAD[n] for n in order], [GOOD[n] for n in order]]
    table = read(book(*rows))
    assert (table.header, [row.values for row in table.rows]) == (3, [VALUES])


def test_headings_are_known_by_their_labels() -> None:
    head = ["品 名", "＊商品编码（必填）", "金额(元)", "数量:", *HEAD[4:]]
    assert read(book(head, GOOD)).rows[0].values == VALUES


def test_merged_headings_of_two_levels() -> None:
    def merge(workbook: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 1, 0, "商品名称")
        sheet.merge_range(0, 1, 1, 1, "商品编码")
        sheet.merge_range(0, 2, 0, 3, "金额与数量")
        sheet.write_row(1, 2, ["金额（元）", "数量"])
        sheet.write_row(2, 0, GOOD[:4])

    table = read(book(after=merge))
    assert not table.findings
    assert table.rows[0].values[:4] == VALUES[:4]


def test_a_template_reads_back() -> None:
    content = template_of(GOODS)
    filled = openpyxl.load_workbook(io.BytesIO(content))
    page = filled.worksheets[0]
    for place, cell in enumerate(GOOD, 1):
        page.cell(2, place, cell)
    out = io.BytesIO()
    filled.save(out)
    table = read(out.getvalue())
    assert [row.values for row in table.rows] == [VALUES]
    assert table.notes == ["只导入第一张工作表“导入试验商品”，没有导入：填写说明"]


def test_every_fault_by_cell() -> None:
    rows = [
        ["", "420222000", "12.345", 0, "2023-02-30", "其他", "也许"],
        ["包", "4202220001", "-1", "x", "", "", ""],
        ["包", "4202220001", "1", 1, "", "", ""],
    ]
    table = read(book(HEAD, *rows))
    found = messages(table)
    assert [(row, column) for row, column, _ in found] == [
        (2, "name"), (2, "code"), (2, "amount"), (2, "pieces"), (2, "day"), (2, "kind"), (2, "new"),
        (3, "amount"), (3, "pieces"), (4, "code"),
    ]  # fmt: skip
    assert found[0][2] == "“商品名称”不能空"
    assert found[-1][2] == "与第 3 行重复"
    assert table.faults == 10


def test_what_the_eye_does_not_see_is_said_aloud() -> None:
    def hide(workbook: Any, sheet: Any) -> None:
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        workbook.add_worksheet("旧表").hide()

    table = read(book(HEAD, *good_rows(3), after=hide))
    assert table.notes == [
        "有 1 行是隐藏的（第 3 行），也会导入",
        "隐藏的列也会导入：D 列",
        "隐藏的工作表没有导入：旧表",
    ]
    assert len(table.rows) == 3


def test_formulas_give_their_values_and_faulty_ones_are_found() -> None:
    def formulas(workbook: Any, sheet: Any) -> None:
        sheet.write_formula(1, 2, "=1+1.5", None, 2.5)
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")

    table = read(book(HEAD, *good_rows(2), after=formulas))
    assert table.rows[0].values[2] == Decimal("2.50")
    assert messages(table) == [(3, "amount", "公式出错，没有结果；请改正公式，或粘贴为数值")]


def test_a_formula_that_was_never_computed_is_found() -> None:
    workbook = openpyxl.Workbook()
    for row in (HEAD, *good_rows(1)):
        workbook.active.append(row)
    workbook.active["C2"] = "=1+1"
    out = io.BytesIO()
    workbook.save(out)
    assert messages(read(out.getvalue())) == [
        (2, "amount", "公式没有算出结果；请在 Excel 里打开并保存一次，或粘贴为数值")
    ]


def test_blank_rows_and_a_total_are_no_data() -> None:
    table = read(book(HEAD, *good_rows(2), [], ["合 计", "", "25.00"], [" "]))
    assert len(table.rows) == 2
    assert table.notes == ["第 5 行是合计行，没有当作数据"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (book(["别的", "表头"], ["1", "2"]), "找不到表头"),
        (book([*HEAD, "商品编码"], GOOD), "“商品编码”出现了不止一次"),
        (book(["商品名称", "数量"], ["包", 1]), "缺少“商品编码、金额（元）”列"),
        (book(HEAD), "表头下面没有数据"),
        (book(), "找不到表头"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Excel"),
        (b"%PDF-1.7", "不是表格文件"),
        ('商品名称,商品编码\n"未闭合,1'.encode(), "csv 读不下去"),
    ],
)
def test_what_cannot_be_read(content: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read(content)


@pytest.mark.parametrize("corner", ["XFD1048576", "A1048576", "GS2", "XFD1"])
def test_one_cell_in_a_far_corner_is_refused_before_its_rectangle_is_built(corner: str) -> None:
    def far(_: Any, sheet: Any) -> None:
        sheet.write(corner, "x")

    with pytest.raises(InputError, match="请删去数据以外的行和列"):
        read(book(HEAD, *good_rows(1), after=far))
    assert read(book(HEAD, *good_rows(1), after=lambda _, sheet: sheet.write("GR2", "x"))).rows


def test_unknown_columns_are_said_aloud() -> None:
    assert read(book([*HEAD, "备注"], [*GOOD, "x"])).notes == ["不认识的列没有导入：备注"]


def test_more_rows_than_the_bound_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from youju.foundation.imports import tables

    bounds = {"max_rows": 3, "max_columns": 200, "header_rows": 20, "max_findings": 100}
    monkeypatch.setattr(tables, "limit", bounds.__getitem__)
    assert len(read(book(HEAD, *good_rows(3))).rows) == 3
    with pytest.raises(InputError, match="至多 3 行"):
        read(book(HEAD, *good_rows(4)))


class TestAnnotated:
    def test_the_users_own_workbook_comes_back_with_comments(self) -> None:
        def dress(workbook: Any, sheet: Any) -> None:
            sheet.set_column(0, 0, 33)
            sheet.write(2, 2, "坏", workbook.add_format({"bold": True, "font_color": "#00FF00"}))
            sheet.autofilter(0, 0, 3, 6)
            sheet.conditional_format(1, 3, 3, 3, {"type": "cell", "criteria": ">", "value": 5})

        content = book(HEAD, *good_rows(3), after=dress)
        sheet = read_sheet(content, "货.xlsx", limits_today())
        back = openpyxl.load_workbook(
            io.BytesIO(annotate(content, sheet, {(3, 3): "不是数 <&>", (4, 1): "空", (9, 9): "远"}))
        )
        page = back.active
        assert page["C3"].comment.text == "不是数 <&>"
        assert page["A4"].comment.text == "空" and page["I9"].comment.text == "远"
        assert page["B3"].comment is None
        assert page["C3"].font.bold and page["C3"].fill.fgColor.rgb == "FFFFC7CE"
        assert page["B3"].fill.fgColor.rgb != "FFFFC7CE"
        assert page.column_dimensions["A"].width > 30 and page.auto_filter.ref == "A1:G4"
        assert page["C2"].value == "12.50"

    def test_comments_of_the_user_lead_to_a_new_workbook(self) -> None:
        content = book(HEAD, *good_rows(1), after=lambda _, sheet: sheet.write_comment(0, 0, "我的"))
        sheet = read_sheet(content, "货.xlsx", limits_today())
        page = openpyxl.load_workbook(io.BytesIO(annotate(content, sheet, {(2, 2): "错"}))).active
        assert page["B2"].comment.text.endswith("错") and page["A1"].value == "商品名称"

    def test_a_csv_file_becomes_a_workbook(self) -> None:
        content = csv(HEAD, GOOD).encode("gb18030")
        sheet = read_sheet(content, "货.csv", limits_today())
        page = openpyxl.load_workbook(io.BytesIO(annotate(content, sheet, {(2, 3): "错"}))).active
        assert page["C2"].comment.text.endswith("错") and page["A2"].value == "手提包"


def test_the_sheet_is_let_go_with_its_last_row() -> None:
    sheet = read_sheet(book(HEAD, *good_rows(60)), "货.xlsx", limits_today())
    assert len(read_table(sheet, GOODS).rows) == 60
    assert list(sheet.rest) == []


def test_a_value_that_comes_again_from_the_staging_is_the_same_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(staging, "_SHARED", 2)
    column = staging._Thawing(Decimal)
    first = [column.read(text) for text in ("1.50", "2", "3")]
    again = [column.read(text) for text in ("1.50", "2", "3")]
    assert first == again == [Decimal("1.50"), Decimal(2), Decimal(3)]
    assert [one is other for one, other in zip(first, again, strict=True)] == [True, True, False]
    assert staging._Thawing(int).read(7) == 7
