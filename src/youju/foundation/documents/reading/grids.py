"""Cells with spans laid on a grid: the one way in which html and pdf tables get their merged cells filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from youju.foundation.documents.reading.blocks import BLANK, Cell, Covered


class Spanned(NamedTuple):
    """A cell and the rows and columns that it covers."""

    text: str
    rows: int = 1
    columns: int = 1


class Placed(NamedTuple):
    """A cell whose place on the grid is known (0-based)."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def laid_out(rows: Iterable[Iterable[Spanned]], max_columns: int) -> list[list[Cell]]:
    """Rows of cells in reading order → a full grid. A cell takes the next position that none above covers.

    Args:
        rows: the cells of each row; ``rows=0`` means down to the last row.
        max_columns: cells beyond are dropped; the caller refuses so wide a table.
    """
    grid: list[list[Cell]] = []
    hanging: dict[
        int, tuple[int, Cell]
    ] = {}  # column → rows that it still covers (-1: all), what it covers them with
    for cells in rows:
        line: list[Cell] = []
        later: dict[int, tuple[int, Cell]] = {}
        for cell in cells:
            _hang(line, hanging, later)
            for offset in range(min(cell.columns, max_columns + 1 - len(line))):
                hanging.pop(len(line), None)
                if cell.rows != 1:
                    later[len(line)] = (cell.rows - 1 if cell.rows else -1, Cell(cell.text, Covered.ABOVE))
                line.append(Cell(cell.text, Covered.LEFT if offset else Covered.NO))
        _hang(line, hanging, later)
        while hanging:
            line.append(BLANK)
            _hang(line, hanging, later)
        hanging = later
        grid.append(line)
    return squared(grid)


def _hang(line: list[Cell], hanging: dict[int, tuple[int, Cell]], later: dict[int, tuple[int, Cell]]) -> None:
    """Put the parts of merged cells from above that come next into the line, and note what is left of them."""
    while len(line) in hanging:
        left, cell = hanging.pop(len(line))
        if left != 1:
            later[len(line)] = (left - 1 if left > 0 else left, cell)
        line.append(cell)


def placed(cells: Iterable[Placed], rows: int, columns: int) -> list[list[Cell]]:
    """Cells whose places are known → a full grid of ``rows`` × ``columns``; what no cell covers is blank."""
    grid = [[BLANK] * columns for _ in range(rows)]
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                above, left = row > cell.row, column > cell.column
                covered = Covered.ABOVE if above else Covered.LEFT if left else Covered.NO
                grid[row][column] = Cell(cell.text, covered)
    return grid


def squared(grid: list[list[Cell]]) -> list[list[Cell]]:
    """Rows made equally long with blank cells."""
    width = max((len(row) for row in grid), default=0)
    return [row + [BLANK] * (width - len(row)) for row in grid]
