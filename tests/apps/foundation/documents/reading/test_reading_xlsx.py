"""xlsx: cells as they are shown, merged ranges, sheets that hold next to nothing far away."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from youju.foundation.documents.reading import Covered, Table, read_blocks


def sheets(fill: Callable[[Any], None]) -> list[Table]:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    fill(book)
    book.close()
    return [block for block in read_blocks(buffer.getvalue(), "表.xlsx") if isinstance(block, Table)]


def shown(value: object, form: str | None = None) -> str:
    def fill(book: Any) -> None:
        book.add_worksheet().write(0, 0, value, book.add_format({"num_format": form}) if form else None)

    (table,) = sheets(fill)
    return table.rows[0][0].text


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (553, None, "553"),
        (553, "0.00", "553.00"),
        (1234567.8, "#,##0.00", "1,234,567.80"),
        (0.98, "0%", "98%"),
        (0.985, "0.0%", "98.5%"),
        (0.1 + 0.2, None, "0.3"),
        (2.245, "0.00", "2.25"),
        (-5, "0.00;-0.00", "-5.00"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (5, '"≥"0"家"', "≥5家"),
        (5, "0.##", "5"),
        (90, '"≥"0%', "≥9000%"),
        (date(2023, 12, 31), "yyyy-mm-dd", "2023-12-31"),
        (date(2023, 12, 1), 'yyyy"年"m"月"d"日"', "2023年12月1日"),
        (date(2023, 12, 1), 'yyyy"年"m"月"', "2023年12月"),
        (1e20, None, "1e+20"),
        ("≥5个", None, "≥5个"),
        ("00123", None, "00123"),
        (True, None, "TRUE"),
        ("一\n二", None, "一\n二"),
    ],
)
def test_a_cell_reads_as_it_is_shown(value: object, form: str | None, text: str) -> None:
    assert shown(value, form) in (text, text.upper())


def test_merged_ranges_are_filled_in_and_blank_rows_left_out() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("甲表")
        sheet.merge_range("B2:C3", "并")
        sheet.write("D2", "右")
        sheet.write("D3", "下")

    (table,) = sheets(fill)
    assert table.name == "甲表"
    assert [[tuple(cell) for cell in row[1:]] for row in table.rows] == [
        [("并", Covered.NO), ("并", Covered.LEFT), ("右", Covered.NO)],
        [("并", Covered.ABOVE), ("并", Covered.ABOVE), ("下", Covered.NO)],
    ]


def test_one_cell_in_the_last_row_of_a_sheet_costs_nothing() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "首")
        sheet.write(1_048_575, 1, "尾")
        sheet.merge_range(2, 0, 1_000_000, 1, "")

    (table,) = sheets(fill)
    assert [[cell.text for cell in row] for row in table.rows] == [["首", ""], ["", "尾"]]


def test_hidden_sheets_are_not_read_and_rich_text_is_one_text() -> None:
    def fill(book: Any) -> None:
        sheet = book.add_worksheet("看")
        sheet.write_rich_string(0, 0, "前", book.add_format({"bold": True}), "中", "后")
        hidden = book.add_worksheet("藏")
        hidden.write(0, 0, "密")
        hidden.hide()

    (table,) = sheets(fill)
    assert table.rows[0][0].text == "前中后"
