"""Blocks → one stream of lines: each a paragraph or a table row that knows where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from youju.foundation.documents.reading import Block, Cell, Covered, Paragraph, Table
from youju.performance.targets.imports.labels import column_of, field_of, month_of


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph (``cells`` empty) or one row.

    Attributes:
        text: of the paragraph.
        cells: of the row.
        table: 1-based number of the table in the document; 0 for a paragraph.
        row: 1-based number of the row in its table.
        opens: whether it is the first row of its table.
        ragged: see :class:`~youju.foundation.documents.reading.Table`.
        paged: the same.
    """

    text: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = 0
    row: int = 0
    opens: bool = False
    ragged: bool = False
    paged: bool = False

    @property
    def place(self) -> str:
        """Where the row stands, for an error sentence."""
        return f"第 {self.table} 张表第 {self.row} 行"


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """Every paragraph and row of a document in the order printed; rows that a text layout cut are whole again."""
    number = 0
    width = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Line(text=block.text)
            continue
        number += 1
        rows: Sequence[tuple[int, tuple[Cell, ...]]]
        if block.ragged:
            rows, width = _mended(block, width)
        else:
            rows = list(enumerate(block.rows, 1))
        for index, (row, cells) in enumerate(rows):
            yield Line("", cells, number, row, index == 0, block.ragged, block.paged)


def _mended(table: Table, width: int) -> tuple[list[tuple[int, tuple[Cell, ...]]], int]:
    """Put together the rows that a line break inside a cell has cut.

    A label at a row's end waits for its value; a row of indicators or of the spending plan is as long as its
    header. ``width`` is that of the last header of indicators, for tables that go on without one.
    """
    rows: list[tuple[int, tuple[Cell, ...], int]] = []
    expected = width
    for number, cells in enumerate(table.rows, 1):
        if _is_header(cells):
            width = expected = len(cells)
        elif any(field_of(cell.text) for cell in cells):
            expected = len(cells) if any(month_of(cell.text) for cell in cells) else 0
        elif rows and (_waits(rows[-1][1]) or _joins(rows[-1][1], cells, expected)):
            rows[-1] = (rows[-1][0], rows[-1][1] + cells, expected)
            continue
        rows.append((number, cells, expected))
    return [(number, _led(cells, length)) for number, cells, length in rows], width


def _is_header(cells: Sequence[Cell]) -> bool:
    return sum(column_of(cell.text) is not None for cell in cells) >= 3


def _waits(cells: Sequence[Cell]) -> bool:
    """Whether the row ends in a label whose value must still follow."""
    return bool(cells) and field_of(cells[-1].text) is not None


def _joins(before: Sequence[Cell], cells: Sequence[Cell], expected: int) -> bool:
    """Whether ``cells`` are the missing end of the row before."""
    if _is_header(before) or any(field_of(cell.text) or month_of(cell.text) for cell in before):
        return False
    return len(before) < expected and len(before) + len(cells) <= expected


def _led(cells: tuple[Cell, ...], expected: int) -> tuple[Cell, ...]:
    """Put back the part of a merged first cell where the layout leaves it out altogether."""
    if len(cells) == expected - 1 and cells and cells[0].text.endswith("指标"):
        return (Cell("", Covered.ABOVE), *cells)
    return cells
