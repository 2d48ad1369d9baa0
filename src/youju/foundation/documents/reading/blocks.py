"""What every reader yields: paragraphs and tables of cells, in the order printed.

Inside a cell's text ``\\n`` ends a paragraph and ``\\v`` is a line break within one (a soft break, or a line
that the page was too narrow for), so that the caller may keep the first and drop the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, TypeAlias

SOFT_BREAK = "\v"


class Covered(IntEnum):
    """How a grid position gets its text: its own cell, or a merged cell that begins to the left or above."""

    NO = 0
    LEFT = 1
    ABOVE = 2


class Cell(NamedTuple):
    """One grid position; a covered one repeats the text of the merged cell that covers it."""

    text: str
    covered: Covered = Covered.NO


BLANK = Cell("")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables, without its line end."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of rows of one length, merged cells filled in.

    Attributes:
        rows: the cells; all rows are equally long unless ``ragged``.
        ragged: rows were told apart by blank lines only (text with one cell a line): a cell with a line
            break may have cut its row in pieces, and trailing blank cells may be missing.
        paged: the table stands on one page of a pdf, so that it may begin in the middle of a row.
        name: of the sheet, where there is one.
    """

    rows: tuple[tuple[Cell, ...], ...]
    ragged: bool = False
    paged: bool = False
    name: str = ""


Block: TypeAlias = Paragraph | Table
