"""Forms and reports as Word documents."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from youju.foundation.documents import pictures
from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.word import embed, mark
from youju.foundation.documents.packing import repack
from youju.performance.evaluation.documents.pieces import Block, Grid, Picture, Report, Sentence
from youju.performance.targets.documents import styles
from youju.performance.targets.documents.tables import add_table

_CREATOR = "有据"


def write_form(
    title: str, line: str, grid: Grid, sheet: FigureSheet, moment: datetime, *, subject: str
) -> bytes:
    """A form of one table below a title; ``line`` stands between them."""
    word = styles.prepared()
    _properties(word, title, subject, moment)
    _narrow(word)
    styles.add(word, title, styles.PROJECT_HEADING)
    styles.add(word, line, styles.UNIT_LINE)
    add_table(word, list(grid.rows), grid.widths, sheet)
    return _closed(word, sheet)


def write_report(report: Report, sheet: FigureSheet, moment: datetime) -> bytes:
    """A report: title, parts with their tables and pictures, in the look of official papers."""
    word = styles.prepared()
    _properties(word, report.title, report.subject, moment)
    styles.add(word, report.title, "Title")
    for line in report.subtitle:
        styles.add(word, line, "Subtitle")
    number = 0
    for part in report.parts:
        styles.add(word, part.title, "Heading 2")
        for block in part.blocks:
            number += isinstance(block, Picture)
            _block(word, block, sheet, number)
    return _closed(word, sheet)


def _block(word: WordDocument, block: Block, sheet: FigureSheet, number: int) -> None:
    if isinstance(block, Sentence):
        _sentence(word, block, sheet)
    elif isinstance(block, Grid):
        if block.caption:
            caption = styles.add(word, block.caption, styles.CAPTION)
            caption.paragraph_format.keep_with_next = True
        add_table(word, list(block.rows), block.widths, sheet, header=block.header)
        styles.add(word, "", styles.GAP)
    else:
        place = word.add_paragraph()
        place.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place.paragraph_format.first_line_indent = 0
        place.paragraph_format.line_spacing = 1.0
        place.paragraph_format.keep_with_next = True
        shape = place.add_run().add_picture(io.BytesIO(pictures.png(block.chart)), width=Mm(160))
        shape._inline.docPr.set("descr", str(block.chart.description))
        styles.add(word, f"图{number}　{block.caption}", styles.CAPTION)


def _sentence(word: WordDocument, sentence: Sentence, sheet: FigureSheet) -> None:
    style = "Heading 3" if sentence.style == "heading" else "Normal"
    paragraph = styles.add(word, "", style)
    runs = "".join(
        _run(each) if isinstance(each, str) else mark(sheet.add(each), _run(each.value))
        for each in sentence.pieces
        if each
    )
    if runs:
        for child in list(parse_xml(f"<w:p {nsdecls('w')}>{runs}</w:p>")):
            paragraph._p.append(child)


def _run(words: str) -> str:
    lines = words.split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:r>{inner}</w:r>"


def _narrow(word: WordDocument) -> None:
    section = word.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)


def _properties(word: WordDocument, title: str, subject: str, moment: datetime) -> None:
    core = word.core_properties
    core.title, core.subject, core.category = title, "预算绩效评价", subject
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None)


def _closed(word: WordDocument, sheet: FigureSheet) -> bytes:
    embed(word, sheet)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())
