"""Reports as pdf, set by Typst: words as data, figures with their codes, pictures as SVG."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from youju.foundation.documents import pictures
from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.paper import set_pdf
from youju.performance.evaluation.documents.pieces import Block, Grid, Piece, Report, Sentence
from youju.performance.targets.documents.form import Cell

TEMPLATE = Path(__file__).with_name("report.typ")


def write_pdf(report: Report, sheet: FigureSheet, moment: datetime) -> bytes:
    """The report as pdf.

    Raises:
        InputError: no Chinese font is found, or the setting fails.
    """
    number, parts = 0, []
    for part in report.parts:
        blocks = []
        for block in part.blocks:
            made, number = _block(block, sheet, number)
            blocks.append(made)
        parts.append({"title": part.title, "blocks": blocks})
    data = {
        "title": report.title,
        "author": report.author or "有据",
        "subtitle": list(report.subtitle),
        "parts": parts,
    }
    return set_pdf(TEMPLATE, data, sheet=sheet, moment=moment)


def _block(block: Block, sheet: FigureSheet, number: int) -> tuple[dict[str, Any], int]:
    if isinstance(block, Sentence):
        return {
            "kind": "sentence",
            "style": block.style,
            "pieces": [_piece(each, sheet) for each in block.pieces],
        }, number
    if isinstance(block, Grid):
        rows = [[_cell(cell, sheet) for cell in row if cell is not None] for row in block.rows]
        table = {
            "kind": "grid",
            "caption": block.caption,
            "widths": list(block.widths),
            "head": rows[: block.header],
            "rows": rows[block.header :],
        }
        return table, number
    number += 1
    svg = pictures.svg(block.chart)
    return {"kind": "picture", "svg": svg, "caption": f"图{number}　{block.caption}"}, number


def _piece(piece: Piece, sheet: FigureSheet) -> dict[str, Any]:
    if isinstance(piece, str):
        return {"text": piece, "figure": None}
    return {"text": piece.value, "figure": sheet.add(piece)}


def _cell(cell: Cell, sheet: FigureSheet) -> dict[str, Any]:
    return {
        "paragraphs": list(cell.paragraphs),
        "look": cell.look,
        "columns": cell.columns,
        "rows": cell.rows,
        "figure": sheet.add(cell.figure) if cell.figure else None,
    }
