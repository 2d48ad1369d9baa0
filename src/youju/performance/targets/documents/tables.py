"""Grids of cells → Word tables, written as XML in one go: setting cell by cell grows with the square of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.word import mark
from youju.performance.targets.documents.form import Cell, Row
from youju.performance.targets.documents.styles import TABLE_LABEL, TABLE_TEXT

_TWENTIETHS_PER_MM = 1440 / 25.4
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
# A row with a longer text may break across pages: in the narrowest columns a page holds little more.
_BREAKABLE = 300
_LABEL_SHADE = "F2F3F6"


def add_table(
    word: WordDocument, rows: Sequence[Row], widths: Sequence[float], sheet: FigureSheet, *, header: int = 0
) -> None:
    """Append a table to the document.

    Args:
        word: the document.
        rows: the cells; a ``None`` continues the merged cell above.
        widths: of the grid columns, in millimetres.
        sheet: takes in the figures that stand in the cells.
        header: how many rows Word repeats on every page.
    """
    grid = [round(width * _TWENTIETHS_PER_MM) for width in widths]
    style_ids = {name: word.styles[name].style_id for name in (TABLE_TEXT, TABLE_LABEL)}
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)
    open_spans: dict[int, tuple[int, int]] = {}
    body = "".join(
        _row(row, grid, open_spans, style_ids, sheet, is_header=index < header)
        for index, row in enumerate(rows)
    )
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"
    )
    word.element.body.insert_element_before(table, "w:sectPr")


def _row(
    row: Row,
    grid: Sequence[int],
    open_spans: dict[int, tuple[int, int]],
    style_ids: dict[str, str],
    sheet: FigureSheet,
    *,
    is_header: bool,
) -> str:
    """One ``w:tr``; ``open_spans`` holds, by column, the columns and rows that merged cells still cover."""
    edges = [0, *accumulate(grid)]
    cells, column, longest = [], 0, 0
    for cell in row:
        if cell is None:
            columns, left = open_spans[column]
            open_spans[column] = (columns, left - 1)
            width = edges[column + columns] - edges[column]
            cells.append(_cell(None, width, columns, style_ids, sheet))
        else:
            columns = cell.columns
            if cell.rows > 1:
                open_spans[column] = (columns, cell.rows - 1)
            cells.append(_cell(cell, edges[column + columns] - edges[column], columns, style_ids, sheet))
            longest = max(longest, len(cell.text))
        column += columns
    keep = "" if longest > _BREAKABLE else "<w:cantSplit/>"
    repeat = "<w:tblHeader/>" if is_header else ""
    return f'<w:tr><w:trPr>{keep}<w:trHeight w:val="420" w:hRule="atLeast"/>{repeat}</w:trPr>{"".join(cells)}</w:tr>'


def _cell(cell: Cell | None, width: int, columns: int, style_ids: dict[str, str], sheet: FigureSheet) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    if cell is None:
        merge, shade, paragraphs = (
            "<w:vMerge/>",
            "",
            f'<w:p><w:pPr><w:pStyle w:val="{style_ids[TABLE_TEXT]}"/></w:pPr></w:p>',
        )
    else:
        merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        shade = (
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_LABEL_SHADE}"/>' if cell.look == "label" else ""
        )
        style = style_ids[TABLE_LABEL if cell.look == "label" else TABLE_TEXT]
        centred = '<w:jc w:val="center"/>' if cell.look in ("amount", "name") else ""
        head = f'<w:pPr><w:pStyle w:val="{style}"/>{centred}</w:pPr>'
        runs = [_run(text) for text in cell.paragraphs]
        if cell.figure:
            runs[0] = mark(sheet.add(cell.figure), runs[0])
        paragraphs = "".join(f"<w:p>{head}{run}</w:p>" for run in runs)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs}</w:tc>"
    )


def _run(text: str) -> str:
    """A run of text; line breaks and tabs inside it stand as Word's own."""
    if not text:
        return ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    pieces = "<w:br/>".join("<w:tab/>".join(_text(part) for part in line.split("\t")) for line in lines)
    return f"<w:r>{pieces}</w:r>"


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""
