"""The agreement as a Word document: A4, fonts by the names that Word offices have, the signatures in a table."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.word import embed
from youju.foundation.documents.packing import repack

if TYPE_CHECKING:
    from youju.trade.parties.documents.agreement import Sheet

_SONG, _HEI, _FANG, _LATIN, _CREATOR = "宋体", "黑体", "仿宋", "Times New Roman", "有据"


def write_docx(sheet: Sheet, figures: FigureSheet, moment: datetime) -> bytes:
    """The agreement, said to be made at ``moment``."""
    word = Document()
    _prepare(word)
    core = word.core_properties
    core.title, core.subject, core.category = f"{sheet.title} {sheet.number}", sheet.title, "代理协议"
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None)
    word.add_paragraph(sheet.title, style="Title")
    for line in sheet.paragraphs:
        word.add_paragraph(line)
    word.add_paragraph()
    _signatures(word, sheet)
    for line in sheet.notes:
        word.add_paragraph(line, style="Caption")
    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _prepare(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin = section.bottom_margin = Mm(25)
    normal = word.styles["Normal"]
    _font(normal, _FANG, 14)
    normal.paragraph_format.line_spacing, normal.paragraph_format.space_after = 1.5, Pt(0)
    # Two characters of indent, as official papers have, whatever the size.
    normal.element.get_or_add_pPr().append(
        parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="560"/>')
    )
    for name, font, size, align in (
        ("Title", _HEI, 20, WD_ALIGN_PARAGRAPH.CENTER),
        ("Caption", _SONG, 9, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        style: Any = word.styles[name]
        _font(style, font, size)
        for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
            style.element.pPr.remove(border)
        style.paragraph_format.alignment = align
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12), Pt(14)
        _flush(style.element.get_or_add_pPr())


def _font(style: Any, east_asian: str, size: float) -> None:
    style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [each for each in fonts.attrib if each.endswith("Theme")]:
        del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hAnsi"), _LATIN)


def _flush(properties: Any) -> None:
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="0" w:firstLine="0"/>'))


def _signatures(word: WordDocument, sheet: Sheet) -> None:
    table = word.add_table(rows=1, cols=len(sheet.blocks), style="Table Grid")
    for cell, rows in zip(table.rows[0].cells, sheet.blocks, strict=True):
        paragraph = cell.paragraphs[0]
        for place, (name, value) in enumerate(rows):
            if place:
                paragraph = cell.add_paragraph()
            run = paragraph.add_run(f"{name}：{value}")
            run.font.size = Pt(11)
            paragraph.paragraph_format.line_spacing = 1.25
            _flush(paragraph._p.get_or_add_pPr())
