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
    hanging: dict[int, tuple[int, Cell]] = {}
    for cells in rows:
        line: list[Cell] = []

        def hang(line: list[Cell] = line) -> None:
            while len(line) in hanging:
                column = len(line)
                left, cell = hanging.pop(column)
                line.append(cell)
                if left != 1:
                    later[column] = (left - 1, cell)

        later: dict[int, tuple[int, Cell]] = {}
        for cell in cells:
            hang()
            for offset in range(min(cell.columns, max_columns + 1 - len(line))):
                if cell.rows != 1:
                    later[len(line)] = (cell.rows - 1 if cell.rows else -1, Cell(cell.text, Covered.ABOVE))
                hanging.pop(len(line), None)
                line.append(Cell(cell.text, Covered.LEFT if offset else Covered.NO))
        while hanging:
            hang()
            if hanging:
                line.append(BLANK)
        hanging = later
        grid.append(line)
    return squared(grid)


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
