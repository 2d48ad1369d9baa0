"""What both documents share: a sheet in the house's type, cells, and amounts with their figure codes."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as Word

    from youju.foundation.documents.figures import FigureSheet
    from youju.foundation.documents.templates import Figure

_SONG, _HEI, _CREATOR = "宋体", "黑体", "有据"


def sheet(title: str, day: str, *, wide: bool = False) -> Word:
    """An empty A4 sheet with its title; ``day`` (ISO) is the moment it bears."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    for name, font, size in (("Normal", _SONG, 10 if wide else 12), ("Title", _HEI, 20)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    core = word.core_properties
    core.title, core.subject, core.category = title, title, "内部监督"
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = datetime.combine(date.fromisoformat(day), time())
    word.add_paragraph(title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    return word


def put_figure(paragraph: Any, figures: FigureSheet, figure: Figure, text: str) -> None:
    """An amount with its code, so that it opens onto its record."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from youju.foundation.documents.figures.word import mark

    run = mark(figures.add(figure), f"<w:r><w:t>{text}</w:t></w:r>")
    for part in parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"):
        paragraph._p.append(part)


def packed(word: Word, figures: FigureSheet) -> bytes:
    """The finished file, the same bytes for the same contents."""
    from youju.foundation.documents.figures.word import embed
    from youju.foundation.documents.packing import repack

    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())
