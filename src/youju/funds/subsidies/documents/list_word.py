"""The award list as a Word document: A4, fonts by the names that Word offices have, each amount a figure with its code."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.word import embed, mark
from youju.foundation.documents.packing import repack
from youju.funds.subsidies.documents.award_list import HEADINGS

if TYPE_CHECKING:
    from youju.funds.subsidies.documents.award_list import Printed

_LATIN, _CREATOR = "Times New Roman", "有据"
_WIDTHS = (12, 32, 52, 42, 26, 26)
_NUMBERS = 4


def write_docx(printed: Printed, figures: FigureSheet, moment: datetime) -> bytes:
    """The list, said to be made at ``moment``."""
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    core = word.core_properties
    core.title, core.subject, core.category = f"{printed.title} {printed.number}", printed.title, "补贴名单"
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None)
    _font(word.styles["Normal"], "仿宋", 12)
    heading = word.add_paragraph(printed.title)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font_run(heading.runs[0], "黑体", 18)
    for text in printed.paragraphs:
        word.add_paragraph(text)
    table = word.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, HEADINGS, strict=True):
        cell.text = name
        _font_run(cell.paragraphs[0].runs[0], "黑体", 10)
    for number, row in enumerate(printed.rows, 1):
        _row(table, row, number)
    _row(table, ("", "", "合计", "", "", printed.total), len(printed.rows) + 1)
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    word.add_paragraph()
    for text in printed.notes:
        _font_run(word.add_paragraph(text).runs[0], "宋体", 9)
    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _row(table: Any, values: tuple[str, ...], figure: int) -> None:
    cells = table.add_row().cells
    for place, (cell, value) in enumerate(zip(cells, values, strict=True)):
        paragraph = cell.paragraphs[0]
        if place >= _NUMBERS:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if place == len(values) - 1:
            run = f'<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t>{value}</w:t></w:r>'
            for element in parse_xml(f"<w:p {nsdecls('w')}>{mark(figure, run)}</w:p>"):
                paragraph._p.append(element)
        else:
            _font_run(paragraph.add_run(value), "仿宋", 10)


def _font(style: Any, east_asian: str, size: float) -> None:
    style.font.name, style.font.size = _LATIN, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), east_asian)


def _font_run(run: Any, east_asian: str, size: float) -> None:
    run.font.name, run.font.size, run.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east_asian)
