"""The form as a PDF, set by Typst with a Chinese font inside; the words go to it as data, never as markup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.paper import set_pdf
from youju.performance.targets.documents import form
from youju.rules.performance.targets.facts import Department, TargetDocument

_TEMPLATE = Path(__file__).with_name("form.typ")
# Millimetres; together the text area of A4 less margins of 20 mm.
_HEAD_GRID = (26.0, *[12.0] * 12)
_HEAD_SPANS = form.Spans(code=(5, 2, 5), budget=(2, 2, 2, 2, 2, 2), columns=12)
_INDICATOR_GRID = (22.0, 30.0, 34.0, 34.0, 26.0, 24.0)
_SIGN, _PADDING = (
    3.8,
    3.0,
)  # millimetres: a Chinese sign of 10.5 points; the padding of a cell, left and right
_WHOLE_LINES = 24  # lines of text that are kept on one page: about half of one


def write_pdf(document: TargetDocument, sheet: FigureSheet, moment: datetime) -> bytes:
    """The form of a document, said to be made at ``moment``, with bookmarks, page numbers and repeated table headings.

    Raises:
        InputError: no Chinese font is found, or the setting fails.
    """
    return set_pdf(_TEMPLATE, _data(document, sheet), sheet=sheet, moment=moment)


def _data(document: TargetDocument, sheet: FigureSheet) -> dict[str, Any]:
    head = document.document
    department = None
    if document.department != Department():
        department = [
            {"kind": kind, "text": part}
            for kind, text in form.department_lines(document.department)
            for part in text.split("\n")
        ]
    return {
        "title": form.document_title(head),
        "author": head.unit_name or "有据",
        "head": form.head_lines(head),
        "part_one": form.PART_ONE,
        "part_two": form.PART_TWO,
        "department": department,
        "unit_line": form.unit_line(head),
        "money_line": form.money_line(head),
        "head_grid": _HEAD_GRID,
        "indicator_grid": _INDICATOR_GRID,
        "headings": [_cell(form.Cell((text,), "label"), 1, sheet) for text in form.HEADINGS],
        "projects": [
            {
                "heading": form.project_heading(number, project),
                "head": _rows(form.head_rows(project, _HEAD_SPANS, head), _HEAD_GRID, sheet),
                "rows": _rows(form.indicator_rows(project, head), _INDICATOR_GRID, sheet),
            }
            for number, project in enumerate(document.projects, 1)
        ],
    }


def _rows(rows: list[form.Row], grid: Sequence[float], sheet: FigureSheet) -> list[list[dict[str, Any]]]:
    """The cells of each row; places under a merged cell are left out, as Typst wants it."""
    edges = [0.0, *accumulate(grid)]
    heights: list[int] = []
    open_spans: dict[int, int] = {}
    for row in rows:
        place, lines = 0, 1
        for cell in row:
            if cell is None:
                place += open_spans[place]
                continue
            open_spans[place] = cell.columns
            width = edges[place + cell.columns] - edges[place] - _PADDING
            lines = max(
                lines, sum(1 + int(len(text) * _SIGN // width) for text in cell.paragraphs) // cell.rows
            )
            place += cell.columns
        heights.append(lines)
    return [
        [_cell(cell, sum(heights[index : index + cell.rows]), sheet) for cell in row if cell is not None]
        for index, row in enumerate(rows)
    ]


def _cell(cell: form.Cell, lines: int, sheet: FigureSheet) -> dict[str, Any]:
    """A cell as data; ``lines`` is how many lines the rows that it spans take."""
    paragraphs = [part for text in cell.paragraphs for part in text.split("\n")]
    return {
        "paragraphs": paragraphs,
        "look": cell.look,
        "columns": cell.columns,
        "rows": cell.rows,
        "figure": sheet.add(cell.figure) if cell.figure else None,
        # A row, and a merged name with its rows, stays on one page where a page can hold it.
        "breakable": lines > _WHOLE_LINES,
    }
