"""The form as a workbook: a sheet of all projects and one for each; every cell a text, so that ``5.00`` stays 5.00."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.performance.monitoring.documents import form
from youju.performance.monitoring.documents.form import Told
from youju.performance.targets.documents.form import Row
from youju.performance.targets.documents.workbook import sheet_name

_SUMMARY = (6, 40, 13, 14, 15, 10, 16, 10, 10)
_PROJECT = (10, 12, 22, 16, 17, 16, 6, 6, 6, 6, 6, 24, 7, 7, 7, 26)
_HEAD_SPANS = (2, 2, 1, 2, 4, 5)
"""How many of the sixteen columns each of the head's six takes."""


def write_xlsx(context: Told, sheet: FigureSheet) -> bytes:
    """The form of a round."""
    import xlsxwriter

    from youju.foundation.documents.figures import workbook as figures

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties(
            {"title": form.title_of(context), "author": context["unit"], "subject": "绩效运行监控"}
        )
        base = {
            "font_name": "宋体",
            "font_size": 10,
            "valign": "vcenter",
            "text_wrap": True,
            "num_format": "@",
        }
        boxed = base | {"border": 1}
        looks = {
            "title": book.add_format(base | {"font_size": 16, "bold": True, "align": "center"}),
            "line": book.add_format(base),
            "label": book.add_format(boxed | {"align": "center", "font_name": "黑体", "bg_color": "#F2F3F6"}),
            "text": book.add_format(boxed),
            "amount": book.add_format(boxed | {"align": "center"}),
            "name": book.add_format(boxed | {"align": "center"}),
        }
        taken = {figures.SHEET.casefold()}
        grid = _Grid(book, sheet, looks, taken)
        grid.open(form.SUMMARY, _SUMMARY, form.title_of(context), form.head_line(context))
        grid.table(form.summary_rows(context))
        for line in form.end_lines(context):
            grid.line(line)
        for each in context["projects"]:
            grid.open(
                f"{each['place']}.{each['name']}", _PROJECT, form.title_of(context), form.head_line(context)
            )
            grid.table(form.head_rows(context, each), _HEAD_SPANS)
            rows = [form.indicator_row(context, each, row) for row in each["rows"]]
            grid.table([*form.indicator_heads(context), *rows])
        figures.embed(book, sheet)
    return buffer.getvalue()


class _Grid:
    """Writes one sheet after the other, from the top down."""

    def __init__(self, book: Any, sheet: FigureSheet, looks: dict[str, Any], taken: set[str]) -> None:
        self._book, self._figures, self._looks, self._taken = book, sheet, looks, taken

    def open(self, name: str, widths: Sequence[int], *heads: str) -> None:
        """Begin a sheet with its title and line."""
        self._name, self._row, self._width = sheet_name(name, self._taken), 0, len(widths)
        self._page = self._book.add_worksheet(self._name)
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.fit_to_pages(1, 0)
        self._page.hide_gridlines(2)
        for column, width in enumerate(widths):
            self._page.set_column(column, column, width)
        for text, look in zip(heads, ("title", "line"), strict=True):
            self.line(text, look)

    def line(self, text: str, look: str = "line") -> None:
        """A line over the whole width."""
        self._page.merge_range(self._row, 0, self._row, self._width - 1, text, self._looks[look])
        self._row += 1

    def table(self, rows: Sequence[Row], spans: Sequence[int] = ()) -> None:
        """Rows of cells; ``spans`` widen each grid column."""
        from youju.foundation.documents.figures import workbook as figures

        for row in rows:
            column = place = 0
            for cell in row:
                if cell is None:
                    column, place = column + 1, place + 1
                    continue
                wide = sum(spans[place : place + cell.columns]) if spans else cell.columns
                look = self._looks[cell.look]
                if wide > 1 or cell.rows > 1:
                    last = (self._row + cell.rows - 1, column + wide - 1)
                    self._page.merge_range(self._row, column, *last, cell.text, look)
                else:
                    self._page.write_string(self._row, column, cell.text, look)
                if cell.figure:
                    figures.mark(self._book, self._figures.add(cell.figure), self._name, self._row, column)
                column, place = column + wide, place + cell.columns
            self._row += 1
