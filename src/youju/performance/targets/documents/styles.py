"""The look of the Word form: paper, fonts by the names that Word offices have, headings, footer with page number."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

# Fonts as GB/T 9704-2012 names them for official papers; Word replaces one that a machine does not have.
SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体", "仿宋"
LATIN = "Times New Roman"
PROJECT_HEADING, UNIT_LINE, GAP, CAPTION = "项目标题", "单位行", "表间距", "图题"
TABLE_TEXT, TABLE_LABEL = "表格文字", "表格栏目"
OF_LINE = {"section": "Heading 2", "item": "Heading 3", "text": "Normal"}
_MARGIN = Mm(22)


def prepared() -> WordDocument:
    """An empty document with paper, styles and footer set."""
    return Document(io.BytesIO(_template()))


@lru_cache(maxsize=1)
def _template() -> bytes:
    """Setting the styles takes longer than to write a project's tables: once a process."""
    word = Document()
    _prepare(word)
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def add(word: WordDocument, text: str, style: str) -> Paragraph:
    """A paragraph at the end, in the style of that name. python-docx looks at every style of the document for each one."""
    paragraph = word.add_paragraph(text)
    paragraph._p.style = _style_ids()[style]
    return paragraph


@lru_cache(maxsize=1)
def _style_ids() -> Mapping[str, str | None]:
    """The identifier of each paragraph style; the usual one needs none."""
    word = prepared()
    usual = word.styles.default(WD_STYLE_TYPE.PARAGRAPH)
    return {
        str(style.name): None if usual is not None and style.style_id == usual.style_id else style.style_id
        for style in word.styles
        if style.type == WD_STYLE_TYPE.PARAGRAPH
    }


def _prepare(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin, section.bottom_margin, section.footer_distance = Mm(25), Mm(22), Mm(12)
    _body(word)
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _heading(word, "Title", SONG, 22, bold=True, align=centre, before=36, after=12)
    _heading(word, "Subtitle", KAI, 14, align=centre, after=2)
    _heading(word, "Heading 1", HEI, 18, align=centre, before=24, after=14)
    _heading(word, "Heading 2", HEI, 16, before=8, after=4)
    _heading(word, "Heading 3", KAI, 16, bold=True, before=4, after=2)
    project = word.styles.add_style(PROJECT_HEADING, WD_STYLE_TYPE.PARAGRAPH)
    project.base_style = word.styles["Heading 2"]
    _heading(word, PROJECT_HEADING, HEI, 14, align=centre, before=6, after=8)
    _unit_line(word)
    _small(word, GAP, SONG, 5)
    _small(word, CAPTION, HEI, 10.5, align=centre)
    caption = word.styles[CAPTION].paragraph_format
    caption.space_before, caption.space_after = Pt(4), Pt(16)
    _small(word, TABLE_TEXT, SONG, 10.5)
    _small(word, TABLE_LABEL, HEI, 10.5, align=centre)
    _font(word.styles["Footer"], SONG, 10.5)
    _no_indent(word.styles["Footer"])
    _footer(section)


def _body(word: WordDocument) -> None:
    normal = word.styles["Normal"]
    _font(normal, FANG, 16)
    layout = normal.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
    layout.space_after = Pt(0)
    layout.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    # Two characters of indent, as official papers have, whatever the size.
    normal.element.get_or_add_pPr().append(
        parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="200" w:firstLine="640"/>')
    )


def _font(style: Any, east_asian: str, size: float, *, bold: bool = False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = LATIN, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:hAnsi"), LATIN)
    fonts.set(qn("w:cs"), LATIN)
    fonts.set(qn("w:hint"), "eastAsia")


def _no_indent(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:ind {nsdecls("w")} w:firstLineChars="0" w:firstLine="0"/>'))


def _heading(
    word: WordDocument,
    name: str,
    font: str,
    size: float,
    *,
    bold: bool = False,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    before: float = 0,
    after: float = 0,
) -> None:
    style: Any = word.styles[name]
    _font(style, font, size, bold=bold)
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.25
    layout.space_before, layout.space_after, layout.alignment = Pt(before), Pt(after), align
    layout.keep_with_next = True
    _no_indent(style)


def _small(
    word: WordDocument,
    name: str,
    font: str,
    size: float,
    *,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
) -> None:
    style: Any = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Normal"]
    _font(style, font, size)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing, layout.alignment = WD_LINE_SPACING.SINGLE, 1.0, align
    _no_indent(style)


def _unit_line(word: WordDocument) -> None:
    _small(word, UNIT_LINE, SONG, 10.5)
    layout = word.styles[UNIT_LINE].paragraph_format
    layout.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)
    layout.space_after, layout.keep_with_next = Pt(3), True


def _footer(section: Any) -> None:
    """The page number between dashes, below the text in the middle."""
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(" —")
