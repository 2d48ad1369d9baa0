"""Figures in workbooks: a defined name on each cell, and their list on a sheet that Excel does not offer to show.

A defined name follows its cell through inserted rows, sorting of columns and renamed sheets, and every program for
workbooks keeps it. The list is plain cells for the same reason.
"""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.workbook import Workbook

from youju.foundation.documents.figures.reading import Spot
from youju.foundation.documents.figures.sheet import FORM, FigureSheet, load_origin, load_rows, rows_of
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.documents.reading.packages import Package
from youju.foundation.documents.reading.spreadsheets import SheetCells, read_cells

SHEET = "_youju_figures"
"""The sheet of the list; no other sheet of the workbook may have its name."""
_MARK = "youju_figures"
_NAME = "figure_"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def mark(workbook: Workbook, number: int, sheet: str, row: int, column: int) -> None:
    """Name the cell of a figure; row and column count from 0."""
    quoted = sheet.replace("'", "''")
    workbook.define_name(f"{_NAME}{number}", f"='{quoted}'!${_letters(column)}${row + 1}")


def embed(workbook: Workbook, sheet: FigureSheet) -> None:
    """Add the list of figures as the last sheet."""
    page = workbook.add_worksheet(SHEET)
    origin = sheet.origin
    texts = (
        (origin.template, origin.version, origin.template_hash, origin.context_hash)
        if origin
        else ("", "", "", "")
    )
    for column, text in enumerate((_MARK, str(FORM), *texts)):
        page.write_string(0, column, text)
    for number, row in enumerate(rows_of(sheet), 1):
        for column, text in enumerate(row):
            page.write_string(number, column, text)
    page.very_hidden()


def read(package: Package, limits: Limits) -> tuple[FigureSheet | None, list[Spot]]:
    """The list and the named cells of a workbook, in the order of their numbers."""
    sheets = {sheet.name: sheet for sheet in read_cells(package, limits)}
    names = _names(package.xml(package.main))
    spots = []
    for number, (sheet, row, column) in sorted(names.items()):
        cells = sheets.get(sheet)
        if cells is not None:
            text = cells.rows.get(row, {}).get(column, "")
            spots.append(Spot(number, text, f"工作表“{sheet}”{_letters(column)}{row}"))
    listed = sheets.get(SHEET)
    found = _read_list(listed) if listed else None
    # A name without the list says nothing of what it measures.
    return found, spots if found else []


def _read_list(sheet: SheetCells) -> FigureSheet | None:
    head = [sheet.rows.get(1, {}).get(column, "") for column in range(6)]
    if head[:2] != [_MARK, str(FORM)]:
        return None
    origin = load_origin(
        dict(zip(("template", "version", "template_hash", "context_hash"), head[2:], strict=True))
    )
    last = max(sheet.rows)
    rows = [[sheet.rows.get(row, {}).get(column, "") for column in range(5)] for row in range(2, last + 1)]
    return FigureSheet(origin, load_rows(rows))


def _names(book: Any) -> dict[int, tuple[str, int, int]]:
    """Number of a figure → sheet, row from 1, column from 0. Names whose cell was deleted point nowhere and are left out."""
    found: dict[int, tuple[str, int, int]] = {}
    for name in book.iter(f"{_S}definedName"):
        number = name.get("name", "").removeprefix(_NAME)
        sheet, parted, place = (name.text or "").rpartition("!")
        cell = _PLACE.fullmatch(place)
        ours = name.get("name", "").startswith(_NAME) and number.isascii() and number.isdigit()
        # A copied sheet brings names of its own; the figure is the one in the first place.
        if ours and len(number) < 10 and parted and cell and name.get("localSheetId") is None:
            found[int(number)] = (_unquoted(sheet), int(cell[2]), _number(cell[1]))
    return found


def _unquoted(sheet: str) -> str:
    sheet = sheet.removeprefix("$")
    return sheet[1:-1].replace("''", "'") if sheet[:1] == sheet[-1:] == "'" and len(sheet) > 1 else sheet


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
