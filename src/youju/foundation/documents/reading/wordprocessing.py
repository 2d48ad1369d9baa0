"""docx → blocks, through lxml alone: one walk over the XML, merged cells filled in on the way.

Text that a reader of the page does not see is left out: deleted and moved-away tracked text, the fallback
copies of drawings. A table inside a cell follows the outer table as a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from youju.foundation.documents.reading.blocks import (
    BLANK,
    SOFT_BREAK,
    Block,
    Cell,
    Covered,
    Paragraph,
    Table,
)
from youju.foundation.documents.reading.limits import Limits
from youju.foundation.documents.reading.numbering import Numbering
from youju.foundation.documents.reading.packages import Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _T, _TBL, _TR, _TC = f"{_W}p", f"{_W}t", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_TAB, _TABS, _BR, _CR, _HYPHEN = f"{_W}tab", f"{_W}tabs", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"
_TC_PR, _TR_PR, _VAL, _TYPE = f"{_W}tcPr", f"{_W}trPr", f"{_W}val", f"{_W}type"
_SPAN, _VMERGE, _HMERGE = f"{_W}gridSpan", f"{_W}vMerge", f"{_W}hMerge"
_BEFORE, _AFTER, _DELETED = f"{_W}gridBefore", f"{_W}gridAfter", f"{_W}del"
_SPOKEN = (_P, _T, _TAB, _BR, _CR, _HYPHEN)
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")
)
_UNSEEN = (
    f"{_W}del",
    f"{_W}moveFrom",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)


def read_docx(package: Package, limits: Limits) -> list[Block]:
    """The paragraphs and tables of the main part, in order.

    Raises:
        InputError: a part is damaged, or a table is larger than the bounds.
    """
    root = package.xml(package.main)
    body = root.find(f"{_W}body")
    if body is None:
        raise package.damaged(package.main)
    _leave_out_unseen(root)
    blocks: list[Block] = []
    reader = _Reader(Numbering.of(package, root), limits, package.filename, nested=_has_nested(root))
    for element in _children(body, (_P, _TBL)):
        if element.tag == _P:
            text = reader.text(element)
            blocks.extend(Paragraph(part) for part in text.split("\n"))
        else:
            blocks.extend(reader.tables(element))
    return blocks


def _has_nested(root: Any) -> bool:
    return any(next(table.iterancestors(_TBL), None) is not None for table in root.iter(_TBL))


def _leave_out_unseen(root: Any) -> None:
    """Take out rows marked as deleted first: their mark is one of the elements taken out next."""
    for properties in [mark.getparent() for mark in root.iter(_DELETED)]:
        if properties is not None and properties.tag == _TR_PR:
            row = properties.getparent()
            row.getparent().remove(row)
    etree.strip_elements(root, *_UNSEEN, with_tail=False)


def _children(parent: Any, wanted: tuple[str, ...]) -> Iterator[Any]:
    """The children of the wanted kinds, also those inside content controls and the like."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, wanted)


class _Reader:
    """Reads the tables of one document and counts their rows against the bounds."""

    def __init__(self, numbering: Numbering | None, limits: Limits, filename: str, *, nested: bool) -> None:
        self._numbering, self._limits, self._filename, self._nested = numbering, limits, filename, nested
        self._rows = self._tables = self._cells = 0

    def tables(self, table: Any) -> list[Block]:
        """A table and after it the tables that stand inside its cells."""
        self._tables += 1
        self._limits.check_tables(self._tables, self._filename)
        rows: list[tuple[Cell, ...]] = []
        above: list[Cell] = []
        width = 0
        for row in _children(table, (_TR,)):
            above = self._row(row, above)
            rows.append(tuple(above))
            width = max(width, len(above))
            self._rows += 1
            self._limits.check_grid(self._rows, width, self._filename)
            self._cells += width
            self._limits.check_cells(self._cells, self._filename)
        if any(len(row) != width for row in rows):
            rows = [row + (BLANK,) * (width - len(row)) for row in rows]
        found: list[Block] = [Table(tuple(rows))]
        if self._nested:
            for inner in _outermost(table):
                found.extend(self.tables(inner))
        return found

    def _row(self, row: Any, above: list[Cell]) -> list[Cell]:
        """One row on the grid. A covered cell takes its text from the row above at its own column."""
        before, after = _skipped(row)
        cells = [BLANK] * before
        for cell in _children(row, (_TC,)):
            properties = cell.find(_TC_PR)
            span, down, left = (1, False, False) if properties is None else _spans(properties)
            self._limits.check_grid(0, len(cells) + span, self._filename)
            column = len(cells)
            if left and cells:
                cells.append(Cell(cells[-1].text, Covered.LEFT))
            elif down:
                text = above[column].text if column < len(above) else self.text(cell)
                cells.append(Cell(text, Covered.ABOVE))
            else:
                cells.append(Cell(self.text(cell)))
            if span > 1:
                covered = Covered.ABOVE if down else Covered.LEFT
                cells.extend([Cell(cells[column].text, covered)] * (span - 1))
        if after:
            self._limits.check_grid(0, len(cells) + after, self._filename)
            cells.extend([BLANK] * after)
        return cells

    def text(self, element: Any) -> str:
        """The text of a cell or paragraph, its paragraphs parted by ``\\n``."""
        parts: list[str] = []
        first = True
        for item in element.iter(*_SPOKEN):
            tag = item.tag
            if tag == _T:
                if item.text and not (self._nested and _inside_table(item, element)):
                    parts.append(item.text)
            elif tag == _P:
                if not first:
                    parts.append("\n")
                first = False
                if self._numbering:
                    parts.append(self._numbering.label(item))
            elif tag == _TAB:
                if item.getparent().tag != _TABS:
                    parts.append("\t")
            elif tag == _HYPHEN:
                parts.append("-")
            elif item.get(_TYPE) not in ("page", "column"):
                parts.append(SOFT_BREAK)
        return "".join(parts)


def _inside_table(item: Any, element: Any) -> bool:
    """Whether an item stands in a table that begins below ``element``."""
    for ancestor in item.iterancestors():
        if ancestor is element:
            return False
        if ancestor.tag == _TBL:
            return True
    return False


def _outermost(table: Any) -> list[Any]:
    """The tables directly inside the cells of a table, not those still deeper."""
    return [
        inner for inner in table.iter(_TBL) if inner is not table and next(inner.iterancestors(_TBL)) is table
    ]


def _skipped(row: Any) -> tuple[int, int]:
    """How many grid columns a row leaves free before and after its cells."""
    properties = row.find(_TR_PR)
    if properties is None or len(properties) == 0:
        return 0, 0
    return _whole(properties.find(_BEFORE), 0), _whole(properties.find(_AFTER), 0)


def _spans(properties: Any) -> tuple[int, bool, bool]:
    """Of a cell: columns spanned, whether it continues the cell above, whether the one to its left."""
    span, down, left = 1, False, False
    for item in properties:
        tag = item.tag
        if tag == _SPAN:
            span = max(1, _whole(item, 1))
        elif tag == _VMERGE:
            down = item.get(_VAL, "continue") == "continue"
        elif tag == _HMERGE:
            left = item.get(_VAL, "continue") == "continue"
    return span, down, left


def _whole(item: Any, default: int) -> int:
    if item is None:
        return default
    value = item.get(_VAL, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default
