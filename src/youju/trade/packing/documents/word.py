"""The packing list as a Word document: A4 across, a table for each container with its fill, the totals."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from youju.foundation.documents.packing import repack

_SONG, _HEI, _LATIN, _CREATOR = "宋体", "黑体", "Times New Roman", "有据"
_GOODS = (
    "交易单",
    "序号",
    "商品编码",
    "品名",
    "单位",
    "数量",
    "件数",
    "净重（千克）",
    "毛重（千克）",
    "体积（立方米）",
    "总价",
)
_WORDS = 5
"""How many of the columns are words; the figures behind them stand right."""
_RIGHT, _NAMES = '<w:jc w:val="right"/>', nsdecls("w")
_BLOCKS = 20
"""Signs of the drawn bar: each is a twentieth of the container."""


def write_docx(context: Mapping[str, Any], moment: datetime) -> bytes:
    """The packing list, said to be made at ``moment``; the same context gives the same bytes."""
    word = Document()
    _prepare(word)
    core = word.core_properties
    core.title = f"装箱单 {context['number']}"
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None)
    word.add_paragraph(core.title, style="Title")
    word.add_paragraph("　　".join(f"{label}：{value}" for label, value in context["head"]))
    for box in context["containers"]:
        _container(word, box)
    total = context["total"]
    word.add_paragraph(
        f"合计 {len(context['containers'])} 箱，{total[1]} 件，净重 {total[2]} 千克，毛重 {total[3]} 千克，"
        f"体积 {total[4]} 立方米，总价 {total[5]}"
    )
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _container(word: WordDocument, box: Mapping[str, Any]) -> None:
    seal = f"　封志 {box['seal']}" if box["seal"] else ""
    word.add_paragraph(f"{box['number']}　{box['kind']}{seal}", style="Heading 2")
    word.add_paragraph(
        f"容积 {_bar(box['volume_share'])} {box['load'][4]} / {box['volume']} 立方米；"
        f"载重 {_bar(box['weight_share'])} {box['load'][3]} / {box['payload']} 千克"
    )
    rows: Any = word.add_table(rows=0, cols=len(_GOODS), style="Table Grid")._tbl
    rows.append(_row(_GOODS, head=True))
    for line in box["lines"]:
        words = (line["order"], str(line["line_no"]), line["hs_code"], line["name"], line["unit"])
        rows.append(_row((*words, *line["figures"])))


def _bar(share: int) -> str:
    """A share of the capacity (in thousandths) as a bar of signs with its number: any printer and any reader can take it."""
    full = max(0, min(_BLOCKS, round(share * _BLOCKS / 1000)))
    return f"{'█' * full}{'░' * (_BLOCKS - full)} {share / 10:.1f}%"


def _row(texts: Sequence[str], *, head: bool = False) -> Any:
    """A row of the table, written as it stands in the file: cell by cell it would take many times as long."""
    bold, again = ("<w:b/>", "<w:trPr><w:tblHeader/></w:trPr>") if head else ("", "")
    cells = "".join(
        f"<w:tc><w:tcPr/><w:p><w:pPr>{_RIGHT if place >= _WORDS else ''}</w:pPr>"
        f'<w:r><w:rPr>{bold}<w:sz w:val="16"/></w:rPr><w:t xml:space="preserve">{escape(_plain(text))}</w:t></w:r></w:p></w:tc>'
        for place, text in enumerate(texts)
    )
    return parse_xml(f"<w:tr {_NAMES}>{again}{cells}</w:tr>")


def _plain(text: str) -> str:
    """Without the control characters that no XML holds."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _prepare(word: WordDocument) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(16)
    for name, font, size in (("Normal", _SONG, 9.0), ("Title", _HEI, 16.0), ("Heading 2", _HEI, 11.0)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = _LATIN, Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.rPr.rFonts
        for attribute in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[attribute]
        fonts.set(qn("w:eastAsia"), font)
        fonts.set(qn("w:hAnsi"), _LATIN)
    title: Any = word.styles["Title"]
    for border in title.element.get_or_add_pPr().findall(qn("w:pBdr")):
        title.element.pPr.remove(border)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
