"""Ruled tables of pdf pages: cells by their lines, laid on one grid of columns, put together across page breaks.

Where a page break cuts a row or a merged cell, most programs draw no line at the cut. The missing line is added
so that the cell exists at all, and a cell that is open at the foot of one page and its other half, open at the
head of the next, become one again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from youju.foundation.documents.reading.blocks import SOFT_BREAK, Cell
from youju.foundation.documents.reading.grids import Placed, placed
from youju.foundation.documents.reading.typeset import Box, cell_text, joined, sorted_into

_EDGE = 3.0  # points: ruling lines of one edge are drawn this near to each other
_LINES = {
    "vertical_strategy": "lines",
    "horizontal_strategy": "lines",
    "snap_tolerance": 2.5,
    "join_tolerance": 2.5,
}


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A box with its text, and whether its line is missing at the head or the foot."""

    box: Box
    text: str
    open_head: bool
    open_foot: bool


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table on one page."""

    cells: list[RuledCell]

    @property
    def top(self) -> float:
        """Its upper edge, in points from the head of the page."""
        return min(cell.box[1] for cell in self.cells)

    @property
    def outline(self) -> tuple[int, int]:
        """Left and right edge, rounded so that the tables of one form have the same."""
        left, right = min(cell.box[0] for cell in self.cells), max(cell.box[2] for cell in self.cells)
        return round(left / _EDGE), round(right / _EDGE)


def tables_of(page: Any, characters: list[Any]) -> tuple[list[RuledTable], list[Any]]:
    """The ruled tables of a page, and the characters that stand in none."""
    edges = page.edges
    # A line drawn as a thin box has four edges; its two ends are no lines.
    across = [edge for edge in edges if edge["orientation"] == "h" and edge["width"] > _EDGE]
    upright = [edge for edge in edges if edge["orientation"] == "v" and edge["height"] > _EDGE]
    missing = _missing_lines(upright, across)
    boxes = [table.cells for table in page.find_tables({**_LINES, "explicit_horizontal_lines": missing})]
    inside, outside = sorted_into(characters, [box for table in boxes for box in table])
    tables = []
    for table in boxes:
        cells = [
            RuledCell(
                box,
                cell_text(inside.get(box, ())),
                _is_open(box, box[1], across),
                _is_open(box, box[3], across),
            )
            for box in table
        ]
        if len(cells) > 1 or any(cell.text for cell in cells):
            tables.append(RuledTable(cells))
    return tables, outside


def _missing_lines(upright: list[Any], across: list[Any]) -> list[float]:
    """The heights at which an upright line ends, none goes on from there, and no line across meets it."""
    ends: set[float] = set()
    places: dict[int, list[Any]] = defaultdict(list)
    for edge in upright:
        for place in range(int((edge["x0"] - _EDGE) // _EDGE), int((edge["x0"] + _EDGE) // _EDGE) + 1):
            places[place].append(edge)
    for edge in upright:
        beside = places[int(edge["x0"] // _EDGE)]
        for end, away in ((edge["top"], -_EDGE), (edge["bottom"], _EDGE)):
            # It goes on if some line of the same place covers both sides of the end.
            goes_on = any(
                other["top"] - _EDGE <= end + 2 * away <= other["bottom"] + _EDGE for other in beside
            )
            met = any(
                abs(line["top"] - end) <= _EDGE and line["x0"] - _EDGE <= edge["x0"] <= line["x1"] + _EDGE
                for line in across
            )
            if not goes_on and not met:
                ends.add(round(end, 1))
    return apart(ends)


def _is_open(box: Box, height: float, across: list[Any]) -> bool:
    """Whether a box has no line across at one of its heights for more than half its width."""
    ruled = sum(
        max(0.0, min(line["x1"], box[2]) - max(line["x0"], box[0]))
        for line in across
        if abs(line["top"] - height) <= _EDGE
    )
    return bool(ruled < (box[2] - box[0]) / 2)


def apart(edges: set[float]) -> list[float]:
    """Edges in order, those within a line's thickness of one another counted once."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _EDGE:
            found.append(edge)
    return found


class Columns:
    """For each outline the left edges of all columns that any of its tables has, and the right edge."""

    def __init__(self, tables: Sequence[RuledTable]) -> None:
        edges: dict[tuple[int, int], set[float]] = defaultdict(set)
        for table in tables:
            edges[table.outline].update(edge for cell in table.cells for edge in (cell.box[0], cell.box[2]))
        self._edges = {outline: apart(found) for outline, found in edges.items()}

    def place(self, table: RuledTable) -> Fragment:
        """A table on the grid of its outline."""
        columns = self._edges[table.outline]
        heights = apart({edge for cell in table.cells for edge in (cell.box[1], cell.box[3])})
        fragment = Fragment(table.outline, len(heights) - 1, max(1, len(columns) - 1), [], set(), set())
        for cell in table.cells:
            left, top, right, bottom = cell.box
            row, column = _nearest(heights, top), _nearest(columns, left)
            rows, spanned = _nearest(heights, bottom) - row, _nearest(columns, right) - column
            if rows > 0 and spanned > 0:
                if cell.open_head and row == 0:
                    fragment.open_head.add(len(fragment.cells))
                if cell.open_foot and row + rows == fragment.rows:
                    fragment.open_foot.add(len(fragment.cells))
                fragment.cells.append(Placed(cell.text, row, column, rows, spanned))
        return fragment


@dataclass(slots=True)
class Fragment:
    """A table, or the part of it that a page holds; ``open_*`` are the indices of its cells that a cut left open."""

    outline: tuple[int, int]
    rows: int
    columns: int
    cells: list[Placed]
    open_head: set[int]
    open_foot: set[int]

    def goes_on_in(self, other: Fragment) -> bool:
        """Whether ``other``, the first on the next page, is the rest of this one."""
        return self.outline == other.outline and bool(self.open_foot) and bool(other.open_head)

    def append(self, other: Fragment) -> None:
        """Put the rest of the table below. If most of the width is open, the last row itself was cut."""
        cut = self._open_width() * 2 > self.columns
        offset = self.rows - 1 if cut else self.rows
        above = {(self.cells[index].column, self.cells[index].columns): index for index in self.open_foot}
        open_foot: set[int] = set()
        for index, cell in enumerate(other.cells):
            half = above.get((cell.column, cell.columns)) if index in other.open_head else None
            if half is None:
                position = len(self.cells)
                self.cells.append(cell._replace(row=cell.row + offset))
            else:
                position, upper = half, self.cells[half]
                text = joined(upper.text, cell.text, SOFT_BREAK) if cell.text else upper.text
                self.cells[half] = upper._replace(text=text, rows=cell.row + offset + cell.rows - upper.row)
            if index in other.open_foot:
                open_foot.add(position)
        self.rows, self.open_foot = other.rows + offset, open_foot

    def grid(self) -> list[list[Cell]]:
        """The cells with merged ones filled in."""
        return placed(self.cells, self.rows, self.columns)

    def _open_width(self) -> int:
        return sum(self.cells[index].columns for index in self.open_foot)


def _nearest(edges: list[float], edge: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - edge))
