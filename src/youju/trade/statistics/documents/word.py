"""The bulletin as a Word document: A4 upright, sentences, three-line tables, pictures; each figure bookmarked with its code."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from youju.foundation.documents import pictures
from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.word import embed, mark
from youju.foundation.documents.packing import repack
from youju.foundation.documents.templates import Figure, Origin
from youju.trade.statistics import charts

_SONG, _HEI, _LATIN, _CREATOR = "宋体", "黑体", "Times New Roman", "有据"
_NAMES = nsdecls("w")
_WIDE = 620
"""Width of a picture's definition in pixels; on paper it is as wide as the text."""


def write_docx(context: Mapping[str, Any], moment: datetime, origin: Origin) -> bytes:
    """The bulletin, said to be made at ``moment``; the same context gives the same bytes."""
    word, sheet = Document(), FigureSheet(origin)
    _prepare(word)
    core = word.core_properties
    core.title = context["title"]
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None)
    word.add_paragraph(core.title, style="Title")
    for heading, paragraphs in context["sections"]:
        word.add_paragraph(heading, style="Heading 1")
        for pieces in paragraphs:
            _paragraph(word, pieces, sheet)
    for number, picture in enumerate(context["pictures"], 1):
        _picture(word, number, picture)
    for number, table in enumerate(context["tables"], 1):
        _table(word, number, table, sheet)
    note = word.add_paragraph(
        f"数据取自放行的报关单，按申报当月海关汇率折人民币；数据日期 {context['as_of']}。"
        "文中每个数字都带指标编码，可用本系统读回并打开它的依据。",
        style="Caption",
    )
    note.paragraph_format.space_before = Pt(12)
    embed(word, sheet)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _paragraph(word: WordDocument, pieces: Sequence[str | Sequence[str]], sheet: FigureSheet) -> None:
    runs = "".join(_run(piece, sheet) for piece in pieces)
    xml = f'<w:p {_NAMES}><w:pPr><w:ind w:firstLineChars="200" w:firstLine="480"/></w:pPr>{runs}</w:p>'
    word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _run(piece: str | Sequence[str], sheet: FigureSheet, size: str = "") -> str:
    text = piece if isinstance(piece, str) else piece[0]
    shape = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    run = f'<w:r>{shape}<w:t xml:space="preserve">{escape(_plain(text))}</w:t></w:r>'
    return run if isinstance(piece, str) else mark(sheet.add(Figure(*piece)), run)


def _table(word: WordDocument, number: int, table: Mapping[str, Any], sheet: FigureSheet) -> None:
    caption = word.add_paragraph(f"表{number}　{table['caption']}", style="Caption")
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(10)
    columns = len(table["head"])
    line = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
    borders = line.format(side="top", size=12) + line.format(side="bottom", size=12)
    rows = _row(table["head"], sheet, head=True) + "".join(_row(row, sheet) for row in table["rows"])
    xml = (
        f'<w:tbl {_NAMES}><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{'<w:gridCol/>' * columns}</w:tblGrid>{rows}</w:tbl>"
    )
    word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")


def _row(cells: Sequence[Any], sheet: FigureSheet, *, head: bool = False) -> str:
    again = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if head else "<w:trPr><w:cantSplit/></w:trPr>"
    rule = (
        '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>'
        if head
        else ""
    )
    told = "".join(
        f'<w:tc><w:tcPr>{rule}</w:tcPr><w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{"left" if place == 0 else "right"}"/></w:pPr>{_run(cell, sheet, "19")}</w:p></w:tc>'
        for place, cell in enumerate(cells)
    )
    return f"<w:tr>{again}{told}</w:tr>"


def _picture(word: WordDocument, number: int, picture: Mapping[str, Any]) -> None:
    chart = chart_of(picture)
    place = word.add_paragraph()
    place.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.line_spacing = 1.0
    place.paragraph_format.keep_with_next = True
    shape = place.add_run().add_picture(io.BytesIO(pictures.png(chart)), width=Mm(155))
    shape._inline.docPr.set("descr", str(chart.description))
    caption = word.add_paragraph(f"图{number}　{picture['caption']}", style="Caption")
    caption.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER


def chart_of(picture: Mapping[str, Any]) -> Any:
    """The chart definition of a picture of the context: the same that pages draw."""
    if picture["kind"] == "months":
        before = any(row[2] for row in picture["data"])
        points = [
            charts.Point(label, value, last if before else None, f"{value:,.0f}")
            for label, value, last in picture["data"]
        ]
        return charts.months(points, title=picture["caption"], width=_WIDE)
    bars = [charts.Bar(label, value, printed) for label, value, printed in picture["data"]]
    return charts.ranked(bars, title=picture["caption"], width=_WIDE)


def _plain(text: str) -> str:
    """Without the control characters that no XML holds."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _prepare(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin = section.bottom_margin = Mm(28)
    looks = (
        ("Normal", _SONG, 12.0),
        ("Title", _HEI, 18.0),
        ("Heading 1", _HEI, 13.0),
        ("Caption", _HEI, 9.5),
    )
    for name, font, size in looks:
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = _LATIN, Pt(size), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), font)
        fonts.set(qn("w:hAnsi"), _LATIN)
    normal: Any = word.styles["Normal"]
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(0)
    title: Any = word.styles["Title"]
    for border in title.element.get_or_add_pPr().findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
