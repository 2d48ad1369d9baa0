"""Text → blocks. Three layouts are known, and may stand in one file:

* one cell a line, each line led by a tab; a blank line ends a row, two end the table;
* one row a line, cells parted by tabs (what a table becomes when copied from Word or Excel);
* one row a line between ``|`` signs.

Everything else is a paragraph. ``[bookmark: …]`` marks are no text and are taken off.
"""

from __future__ import annotations

import re

from youju.foundation.documents.reading.blocks import BLANK, Block, Cell, Covered, Paragraph, Table
from youju.foundation.documents.reading.charsets import decode
from youju.foundation.documents.reading.limits import Limits

_BOOKMARK = re.compile(r"\[bookmark:[^\]\n]*\]")
_RULE = re.compile(r"\|?[\s:|+-]+\|?")


def read_text(content: bytes, filename: str, limits: Limits) -> list[Block]:
    """The paragraphs and tables of a text file.

    In the first layout a line of a lone tab is the part of a merged cell, a tab and a blank a blank cell, and
    a line without a tab continues the cell above it.

    Raises:
        InputError: the bytes are no text, or a table is larger than the bounds.
    """
    reader = _Lines(limits, filename)
    for line in _BOOKMARK.sub("", decode(content, filename)).split("\n"):
        reader.take(line)
    reader.end_table()
    return reader.blocks


class _Lines:
    """Takes lines one by one; ``row`` is the row being gathered, ``rows`` the table."""

    def __init__(self, limits: Limits, filename: str) -> None:
        self._limits, self._filename = limits, filename
        self.blocks: list[Block] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._row: list[Cell] = []
        self._ragged = False
        self._blank_lines = 0

    def take(self, line: str) -> None:
        """Put one line, without its end, where it belongs."""
        stripped = line.strip()
        if line.startswith("\t") and "\t" not in line.strip("\t"):
            self._start(ragged=True)
            text = line[1:]
            self._row.append(Cell(text.strip(), Covered.NO if text else Covered.ABOVE))
        elif "\t" in line.strip(" ") and stripped:
            self._start(ragged=False)
            cells = line.rstrip("\n").split("\t")
            self._rows.append(
                tuple(Cell(cell.strip()) for cell in (cells[1:] if line.startswith("\t") else cells))
            )
        elif stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
            self._start(ragged=False)
            if not _RULE.fullmatch(stripped):
                self._rows.append(tuple(Cell(cell.strip()) for cell in stripped[1:-1].split("|")))
        elif not stripped:
            self._blank(line)
        elif self._row:
            last = self._row[-1]
            self._row[-1] = Cell(f"{last.text}\n{stripped}" if last.text else stripped)
        else:
            self.end_table()
            self.blocks.append(Paragraph(line))

    def _start(self, *, ragged: bool) -> None:
        """Open a table, or go on with the one that is open if it is of the same layout."""
        if self._rows and ragged != self._ragged:
            self.end_table()
        self._ragged = ragged
        self._blank_lines = 0

    def _blank(self, line: str) -> None:
        """A blank line ends the row, a second one or one of spaces the table."""
        self._end_row()
        self._blank_lines += 1
        if self._rows and (line or self._blank_lines > 1):
            self.end_table()

    def _end_row(self) -> None:
        if self._row:
            self._rows.append(tuple(self._row))
            self._row = []

    def end_table(self) -> None:
        """Close the open table, if any."""
        self._end_row()
        if not self._rows:
            return
        if not self._ragged:
            width = max(len(row) for row in self._rows)
            self._limits.check_grid(len(self._rows), width, self._filename)
            self._limits.check_cells(len(self._rows) * width, self._filename)
            self._rows = [row + (BLANK,) * (width - len(row)) for row in self._rows]
        self.blocks.append(Table(tuple(self._rows), ragged=self._ragged))
        self._rows = []
