"""The award list as a workbook: one sheet, each amount a named cell."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import xlsxwriter

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.workbook import embed, mark
from youju.funds.subsidies.documents.award_list import HEADINGS

if TYPE_CHECKING:
    from youju.funds.subsidies.documents.award_list import Printed

SHEET = "补贴名单"
_WIDTHS = (6, 16, 32, 22, 14, 14)
_MONEY = (4, 5)


def write_xlsx(printed: Printed, figures: FigureSheet, moment: datetime) -> bytes:
    """The list, said to be made at ``moment``; the same list gives the same bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {"title": printed.title, "author": "有据", "created": moment.replace(tzinfo=None)}
        )
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "bg_color": "#E8EEF2", "border": 1})
        money, plain = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, f"{printed.title}（{printed.number}）", bold)
        sheet.write_string(1, 0, printed.paragraphs[0])
        for column, name in enumerate(HEADINGS):
            sheet.write_string(2, column, name, head)
        row = 2
        for row, values in enumerate(printed.rows, 3):
            for column, value in enumerate(values):
                if column in _MONEY:
                    sheet.write_number(row, column, float(value.replace(",", "")), money)
                else:
                    sheet.write_string(row, column, value, plain)
            mark(book, row - 2, SHEET, row, len(HEADINGS) - 1)
        row += 1
        sheet.write_string(row, 2, "合计", bold)
        sheet.write_number(row, len(HEADINGS) - 1, float(printed.total.replace(",", "")), money)
        mark(book, len(printed.rows) + 1, SHEET, row, len(HEADINGS) - 1)
        for place, note in enumerate(printed.notes, row + 2):
            sheet.write_string(place, 0, note)
        embed(book, figures)
    return out.getvalue()
