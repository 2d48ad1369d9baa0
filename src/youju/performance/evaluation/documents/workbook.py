"""The form as a workbook: one sheet, cells merged as on paper, each number named."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import xlsxwriter

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.workbook import embed, mark
from youju.foundation.documents.packing import repack
from youju.performance.evaluation.documents.pieces import Grid
from youju.performance.targets.documents.form import Cell

_SHEET = "绩效自评表"
_PER_MM = 0.52
_LINE, _MOST = 15.0, 400.0


def write_workbook(title: str, line: str, grid: Grid, sheet: FigureSheet, moment: datetime) -> bytes:
    """A form of one table below a title."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": title, "author": "有据", "created": moment.replace(tzinfo=None)})
    looks = {
        name: book.add_format(
            {"border": 1, "text_wrap": True, "valign": "vcenter", "font_name": "宋体", "font_size": 10.5}
            | more
        )
        for name, more in _LOOKS.items()
    }
    page = book.add_worksheet(_SHEET)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    last = len(grid.widths) - 1
    for column, width in enumerate(grid.widths):
        page.set_column(column, column, width * _PER_MM)
    head = book.add_format({"bold": True, "align": "center", "font_name": "黑体", "font_size": 16})
    page.merge_range(0, 0, 0, last, title, head)
    page.merge_range(1, 0, 1, last, line)
    open_spans: dict[int, int] = {}
    for place, row in enumerate(grid.rows, 2):
        column, lines = 0, 1.0
        for each in row:
            if each is None:
                column += open_spans[column]
                continue
            if each.rows > 1:
                open_spans[column] = each.columns
            _write(page, place, column, each, looks[each.look])
            if each.figure:
                mark(book, sheet.add(each.figure), _SHEET, place, column)
            room = sum(grid.widths[column : column + each.columns]) * _PER_MM / 2
            needed = sum(1 + int(len(part) // max(room, 1)) for part in each.paragraphs)
            lines = max(lines, needed / each.rows)
            column += each.columns
        page.set_row(place, min(_MOST, lines * _LINE + 6))
    embed(book, sheet)
    book.close()
    return repack(buffer.getvalue())


_LOOKS: dict[str, dict[str, Any]] = {
    "label": {"align": "center", "bg_color": "#F2F3F6"},
    "text": {"align": "left"},
    "amount": {"align": "center"},
    "name": {"align": "center"},
}


def _write(page: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    if cell.columns > 1 or cell.rows > 1:
        page.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
    page.write_string(row, column, cell.text, look) if cell.text else page.write_blank(
        row, column, None, look
    )
