"""The form as a Word document: A4 across, the summary and its pictures first, then a table for each project."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.performance.monitoring.documents import form
from youju.performance.monitoring.documents.form import Told

# Millimetres of the text area (A4 across less the margins).
_SUMMARY = (10.0, 78.0, 26.0, 28.0, 28.0, 20.0, 30.0, 22.0, 22.0)
_HEAD = (30.0, 58.0, 30.0, 58.0, 34.0, 54.0)
_ROWS = (15.0, 18.0, 30.0, 24.0, 26.0, 24.0, 9.5, 9.5, 9.5, 9.5, 9.5, 30.0, 9.5, 9.5, 9.5, 31.5)
_MARGIN, _PICTURE = 16, 128


def write_docx(context: Told, sheet: FigureSheet) -> bytes:
    """The form of a round; the same data make the same bytes."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    from youju.foundation.documents.figures.word import embed
    from youju.foundation.documents.packing import repack
    from youju.performance.targets.documents import styles
    from youju.performance.targets.documents.tables import add_table

    word = styles.prepared()
    page = word.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(_MARGIN)
    core = word.core_properties
    core.title, core.subject, core.author = form.title_of(context), "绩效运行监控", context["unit"]
    core.last_modified_by, core.comments, core.language = "有据", "", "zh-CN"
    core.created = core.modified = datetime.combine(date.fromisoformat(context["until"]), time())
    styles.add(word, form.title_of(context), "Title")
    styles.add(word, form.head_line(context), "Subtitle")
    add_table(word, form.summary_rows(context), _SUMMARY, sheet, header=1)
    for line in form.end_lines(context):
        styles.add(word, line, styles.CAPTION)
    if context["pictures"]:
        _pictures(word, context)
    for each in context["projects"]:
        heading = styles.add(word, f"{each['place']}.{each['name']}", styles.PROJECT_HEADING)
        heading.paragraph_format.page_break_before = True
        add_table(word, form.head_rows(context, each), _HEAD, sheet)
        styles.add(word, "", styles.GAP)
        rows = [form.indicator_row(context, each, row) for row in each["rows"]]
        add_table(word, [*form.indicator_heads(context), *rows], _ROWS, sheet, header=2)
    embed(word, sheet)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _pictures(word: Any, context: Told) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    from youju.foundation.documents.pictures import png
    from youju.performance.monitoring.charts import charts_of
    from youju.performance.targets.documents import styles

    for number, (caption, chart) in enumerate(charts_of(context), 1):
        place = word.add_paragraph()
        place.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place.paragraph_format.first_line_indent = 0
        place.paragraph_format.line_spacing = 1.0
        place.paragraph_format.keep_with_next = True
        shape = place.add_run().add_picture(io.BytesIO(png(chart)), width=Mm(_PICTURE))
        shape._inline.docPr.set("descr", str(chart.description))
        styles.add(word, f"图{number}　{caption}", styles.CAPTION)
