"""xlsx → blocks, through lxml: each visible sheet is one table, cells as they are shown.

Read here and not through calamine, for two reasons: a cell shows its number format (0.98 is printed 98%,
553 is printed 553.00), which calamine does not tell; and one cell in the last row and column of a sheet makes
a dense range of 17 thousand million cells, which ends the process.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from youju.foundation.documents.reading.blocks import BLANK, Block, Cell, Covered, Table
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.documents.reading.number_formats import Formats
from youju.foundation.documents.reading.packages import Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ERRORS = {"true": "TRUE", "false": "FALSE", "1": "TRUE", "0": "FALSE"}


@dataclass(frozen=True, slots=True)
class SheetCells:
    """The texts of one sheet by place: row number from 1 → column from 0 → text as shown; blank cells are absent."""

    name: str
    visible: bool
    rows: Mapping[int, Mapping[int, str]]


def read_xlsx(package: Package, limits: Limits) -> list[Block]:
    """The visible sheets of a workbook as tables, blank rows left out, in the order of their tabs.

    Raises:
        InputError: a part is damaged, or a sheet is larger than the bounds.
    """
    blocks: list[Block] = []
    for name, _, sheet in _sheets(package, limits, hidden=False):
        grid = sheet.grid()
        if grid:
            blocks.append(Table(grid, name=name))
    return blocks


def read_cells(package: Package, limits: Limits) -> list[SheetCells]:
    """Every sheet of a workbook, hidden ones as well, cell by cell; merged cells have their text at the top left alone.

    Raises:
        InputError: a part is damaged, or a sheet is larger than the bounds.
    """
    return [
        SheetCells(name, visible, sheet.rows)
        for name, visible, sheet in _sheets(package, limits, hidden=True)
    ]


def _sheets(package: Package, limits: Limits, *, hidden: bool) -> Iterator[tuple[str, bool, _Sheet]]:
    """Name, whether it is visible, cells; sheet by sheet, so that one at a time is in memory."""
    book = package.xml(package.main)
    related = package.related(package.main)
    parts = {kind.rsplit("/", 1)[-1]: path for kind, path in related.values()}
    strings = _shared_strings(package, parts.get("sharedStrings", ""))
    properties = book.find(f"{_S}workbookPr")
    formats = Formats.of(
        package.xml(parts["styles"]) if package.has(parts.get("styles", "")) else None,
        since_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )
    count = 0
    for sheet in book.iter(f"{_S}sheet"):
        kind, path = related.get(sheet.get(_ID, ""), ("", ""))
        visible = sheet.get("state", "visible") == "visible"
        if (visible or hidden) and kind.endswith("/worksheet") and package.has(path):
            count += 1
            limits.check_tables(count, package.filename)
            yield sheet.get("name", ""), visible, _Sheet(package.xml(path), strings, formats, limits, package)


def _shared_strings(package: Package, path: str) -> list[str]:
    if not package.has(path):
        return []
    return [_rich_text(item) for item in package.xml(path).iterchildren(f"{_S}si")]


def _rich_text(item: Any) -> str:
    """The text of a string item without its phonetic guides; line ends become paragraph ends."""
    spoken = [text.text or "" for text in item.iter(f"{_S}t") if text.getparent().tag != f"{_S}rPh"]
    text = "".join(spoken)
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _Sheet:
    """One sheet: its cells are few even where their places are far apart, so they are kept by place."""

    def __init__(
        self, root: Any, strings: list[str], formats: Formats, limits: Limits, package: Package
    ) -> None:
        self._strings, self._formats, self._limits, self._package = strings, formats, limits, package
        self._rows: dict[int, dict[int, str]] = {}
        self._read_cells(root)
        self._merges = [_area(merge.get("ref", "")) for merge in root.iter(f"{_S}mergeCell")]

    @property
    def rows(self) -> Mapping[int, Mapping[int, str]]:
        """The cells with text by row number and column."""
        return self._rows

    def grid(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that hold text, merged cells filled in."""
        numbers = sorted(self._rows)
        width = max((max(row) for row in self._rows.values() if row), default=-1) + 1
        name = self._package.filename
        self._limits.check_grid(len(numbers), width, name)
        self._limits.check_cells(len(numbers) * width, name)
        lines = {
            number: [
                Cell(text) if (text := self._rows[number].get(column)) else BLANK for column in range(width)
            ]
            for number in numbers
        }
        filled = 0
        for area in self._merges:
            if area is None:
                continue
            top, left, bottom, right = area
            text = self._rows.get(top, {}).get(left, "")
            below = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
            filled += len(below) * max(0, min(right + 1, width) - left)
            self._limits.check_cells(filled, name)
            for number in below:
                line = lines[number]
                for column in range(left, min(right + 1, width)):
                    if (number, column) != (top, left):
                        line[column] = Cell(text, Covered.ABOVE if number > top else Covered.LEFT)
        return tuple(
            tuple(lines[number]) for number in numbers if any(cell != BLANK for cell in lines[number])
        )

    def _read_cells(self, root: Any) -> None:
        number = 0
        for row in root.iter(f"{_S}row"):
            stated = row.get("r", "")
            number = int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 8 else number + 1
            cells: dict[int, str] = {}
            column = -1
            for cell in row.iterchildren(f"{_S}c"):
                found = _REFERENCE.fullmatch(cell.get("r", ""))
                column = _column(found[1]) if found else column + 1
                text = self._text(cell)
                if text:
                    cells[column] = text
            if cells:
                self._rows.setdefault(number, {}).update(cells)
                self._limits.check_grid(len(self._rows), 0, self._package.filename)

    def _text(self, cell: Any) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return _rich_text(inline) if inline is not None else ""
        value = cell.findtext(f"{_S}v") or ""
        if kind == "s":
            word = value.strip()
            known = word.isascii() and word.isdigit() and len(word) < 10 and int(word) < len(self._strings)
            return self._strings[int(word)] if known else ""
        if kind == "b":
            return _ERRORS.get(value, value)
        if kind == "n" and value:
            return self._formats.shown(value, cell.get("s", "0"))
        return value.replace("\r\n", "\n")


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """``B2:D4`` → top row, left column, bottom row, right column."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return None
    first, last = corners[0], corners[1]
    return int(first[2]), _column(first[1]), int(last[2]), _column(last[1])


def _column(letters: str) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
