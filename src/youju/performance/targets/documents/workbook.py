"""The form as a workbook: one sheet for the department, one for each project; every cell a string, so that
``5.00`` stays 5.00 and a text that begins with ``=`` is never a formula."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures import workbook as figures
from youju.foundation.kernel.errors import InputError
from youju.performance.targets.documents import form
from youju.rules.performance.targets.facts import Project, TargetDocument

_SPANS = form.Spans(code=(2, 1, 3), budget=(1, 1, 1, 1, 1, 1), columns=6)
# Widths in characters of the seven columns; the last two are one column (依据) in the indicator rows.
_WIDTHS = (11, 16, 19, 19, 17, 9, 10)
_DEPARTMENT_SHEET, _DEPARTMENT_WIDTH = "部门绩效目标", 82
_LINE_HEIGHT, _LEAST_HEIGHT, _MOST_HEIGHT = 15.0, 21.0, 409.0  # points; Excel's own limit is 409
_LONGEST_TEXT = 32_767  # characters that a cell of a workbook can hold
_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_A4 = 9


def write_xlsx(document: TargetDocument, sheet: FigureSheet, moment: datetime) -> bytes:
    """The form of a document, said to be made at ``moment``.

    Raises:
        InputError: a text is longer than a cell of a workbook can hold.
    """
    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(buffer, options) as workbook:
        title = form.document_title(document.document)
        workbook.set_properties(
            {
                "title": title,
                "subject": "预算绩效目标",
                "author": document.document.unit_name or "有据",
                "category": document.document.schema,
                "created": moment.astimezone(UTC).replace(tzinfo=None),
            }
        )
        looks = _looks(workbook)
        taken = {figures.SHEET.casefold()}
        _department(_sheet(workbook, sheet_name(_DEPARTMENT_SHEET, taken)), document, looks)
        for number, project in enumerate(document.projects, 1):
            name = sheet_name(f"{number}.{project.name}", taken)
            _Grid(_sheet(workbook, name), looks, _Marks(workbook, name, sheet)).project(
                number, project, document
            )
        figures.embed(workbook, sheet)
    return buffer.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, no ``[]:*?/\\``, no ``'`` at its ends, unique whatever the
    case; adds it to ``taken``."""
    clean = _FORBIDDEN.sub("_", "".join(wanted.split())).strip("'") or "_"
    # Excel counts UTF-16 units.
    name, serial = _cut(clean, _SHEET_NAME), 2
    while name.casefold() in taken or name.casefold() == "history":
        ending = f"({serial})"
        name, serial = _cut(clean, _SHEET_NAME - len(ending)) + ending, serial + 1
    taken.add(name.casefold())
    return name


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").strip("'")


def _looks(workbook: Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
    boxed = {**base, "border": 1, "num_format": "@"}
    centred = {**boxed, "align": "center"}
    plain: dict[str, dict[str, Any]] = {
        "title": {"font_size": 16, "bold": True, "align": "center"},
        "part": {"font_name": "黑体", "font_size": 14, "align": "center"},
        "section": {"font_name": "黑体", "font_size": 12},
        "item": {"font_name": "楷体", "font_size": 12, "bold": True},
        "text": {"font_name": "仿宋", "font_size": 12, "valign": "top"},
        "left": {},
        "right": {"align": "right"},
    }
    looks = {name: workbook.add_format({**base, "num_format": "@", **extra}) for name, extra in plain.items()}
    looks["cell.label"] = workbook.add_format({**centred, "font_name": "黑体", "bg_color": "#F2F3F6"})
    looks["cell.text"] = workbook.add_format(boxed)
    looks["cell.amount"] = looks["cell.name"] = workbook.add_format(centred)
    return looks


def _sheet(workbook: Workbook, name: str) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.75, bottom=0.75)
    sheet.center_horizontally()
    sheet.set_footer("&C— &P —")
    sheet.hide_gridlines(2)
    return sheet


def _department(sheet: Worksheet, document: TargetDocument, looks: dict[str, Format]) -> None:
    """One column of lines, as they stand on paper."""
    sheet.set_column(0, 0, _DEPARTMENT_WIDTH)
    lines: list[tuple[str, str]] = [("title", form.document_title(document.document))]
    lines += [("right", line) for line in form.head_lines(document.document)]
    lines.append(("part", form.PART_ONE))
    for kind, text in form.department_lines(document.department):
        lines += [(kind, part) for part in text.split("\n")]
    for row, (look, text) in enumerate(lines):
        # No height is set: Excel fits the row to the wrapped text of an unmerged cell when it opens the file.
        _write(sheet, row, 0, text, looks[look])


@dataclass(frozen=True, slots=True)
class _Marks:
    """Names the cells of one sheet that hold figures."""

    workbook: Workbook
    name: str
    sheet: FigureSheet

    def add(self, cell: form.Cell, row: int, column: int) -> None:
        if cell.figure:
            figures.mark(self.workbook, self.sheet.add(cell.figure), self.name, row, column)


class _Grid:
    """Writes the rows of one project from the top of its sheet down."""

    def __init__(self, sheet: Worksheet, looks: dict[str, Format], marks: _Marks) -> None:
        self._sheet, self._looks, self._marks, self._row = sheet, looks, marks, 0
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)

    def project(self, number: int, project: Project, document: TargetDocument) -> None:
        """The part that the sheet belongs to, the title, the unit line, the head, a free row, the indicators."""
        last = len(_WIDTHS) - 1
        heading, unit, money = (
            form.project_heading(number, project),
            form.unit_line(document.document),
            form.money_line(document.document),
        )
        self._merge((0, 0, 0, last), form.PART_TWO, self._looks["left"])
        self._merge((1, 0, 1, last), heading, self._looks["part"])
        _set_height(self._sheet, 1, _lines(heading, sum(_WIDTHS) / 1.4) * 1.4)
        self._merge((2, 0, 2, 4), unit, self._looks["left"])
        self._merge((2, 5, 2, last), money, self._looks["right"])
        self._row = 3
        head = document.document
        self._rows(form.head_rows(project, _SPANS, head), tuple(range(len(_WIDTHS) + 1)))
        self._row += 1
        header = tuple(form.Cell((text,), "label") for text in form.HEADINGS)
        self._sheet.repeat_rows(self._row)
        # 依据 takes the last two columns.
        self._rows([header, *form.indicator_rows(project, head)], (0, 1, 2, 3, 4, 5, 7))

    def _rows(self, rows: list[form.Row], edges: tuple[int, ...]) -> None:
        open_spans: dict[int, int] = {}
        for row in rows:
            place, needed = 0, 1.0
            for cell in row:
                if cell is None:
                    place += open_spans[place]
                    continue
                left, right = edges[place], edges[place + cell.columns] - 1
                if cell.rows > 1:
                    open_spans[place] = cell.columns
                place_of_cell = (self._row, left, self._row + cell.rows - 1, right)
                self._merge(place_of_cell, cell.text, self._looks[f"cell.{cell.look}"])
                self._marks.add(cell, self._row, left)
                lines = _lines(cell.text, sum(_WIDTHS[left : right + 1]) - 1.5)
                needed = max(needed, lines / cell.rows)
                place += cell.columns
            _set_height(self._sheet, self._row, needed)
            self._row += 1

    def _merge(self, place: tuple[int, int, int, int], text: str, look: Format) -> None:
        """Write one cell over ``place``: top, left, bottom, right."""
        top, left, bottom, right = place
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, "", look)
        _write(self._sheet, top, left, text, look)


def _write(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    if len(text) > _LONGEST_TEXT:
        raise InputError(
            f"文字有 {len(text)} 个字，Excel 的一格最多 {_LONGEST_TEXT} 个",
            where=f"“{text[:20]}…”",
            how="请缩短文字，或改用 docx 格式",
        )
    if text:
        sheet.write_string(row, column, text, look)
    else:
        sheet.write_blank(row, column, None, look)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a cell so many half-width characters wide."""
    return sum(max(1, -(-_cells(part) // max(1, int(width)))) for part in text.split("\n"))


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _set_height(sheet: Worksheet, row: int, lines: float) -> None:
    sheet.set_row(row, min(_MOST_HEIGHT, max(_LEAST_HEIGHT, lines * _LINE_HEIGHT + 5)))
