"""The form as a Word document: A4, headings for the navigation pane, tables that break well across pages."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx.document import Document as WordDocument

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.figures.word import embed
from youju.foundation.documents.packing import repack
from youju.performance.targets.documents import form, styles
from youju.performance.targets.documents.tables import add_table
from youju.rules.performance.targets.facts import Department, Project, TargetDocument

_CREATOR = "有据"
# Millimetres of the text area (A4 less the margins), shared out among the columns of each table.
_HEAD_GRID = (28.0, *[11.5] * 12)
_HEAD_SPANS = form.Spans(code=(5, 2, 5), budget=(2, 2, 2, 2, 2, 2), columns=12)
_INDICATOR_GRID = (22.0, 29.0, 33.0, 33.0, 25.0, 24.0)


def write_docx(
    document: TargetDocument, sheet: FigureSheet, moment: datetime, *, pictures: bool = False
) -> bytes:
    """The form of a document, said to be made at ``moment``; ``pictures`` adds the charts as an appendix."""
    word = styles.prepared()
    _properties(word, document, moment)
    _title(word, document)
    if document.department != Department():
        _department(word, document.department)
    if document.projects:
        part_two = styles.add(word, form.PART_TWO, "Heading 1")
        part_two.paragraph_format.page_break_before = document.department != Department()
    for number, project in enumerate(document.projects, 1):
        _project(word, number, project, document, sheet)
    if pictures:
        from youju.performance.targets.documents.appendix import add_pictures

        add_pictures(word, document)
    embed(word, sheet)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _properties(word: WordDocument, document: TargetDocument, moment: datetime) -> None:
    core = word.core_properties
    core.title = form.document_title(document.document)
    core.author = document.document.unit_name or _CREATOR
    core.last_modified_by, core.comments, core.language = _CREATOR, "", "zh-CN"
    core.subject, core.category = "预算绩效目标", document.document.schema
    core.created = core.modified = moment.astimezone(UTC).replace(tzinfo=None)


def _title(word: WordDocument, document: TargetDocument) -> None:
    styles.add(word, form.document_title(document.document), "Title")
    for line in form.head_lines(document.document):
        styles.add(word, line, "Subtitle")


def _department(word: WordDocument, department: Department) -> None:
    styles.add(word, form.PART_ONE, "Heading 1")
    for style, text in form.department_lines(department):
        for part in text.split("\n"):
            styles.add(word, part, styles.OF_LINE[style])


def _project(
    word: WordDocument, number: int, project: Project, document: TargetDocument, sheet: FigureSheet
) -> None:
    heading = styles.add(word, form.project_heading(number, project), styles.PROJECT_HEADING)
    # Part two's own heading stands on the page of the first table.
    heading.paragraph_format.page_break_before = number > 1
    line = styles.add(word, "", styles.UNIT_LINE)
    line.add_run(f"{form.unit_line(document.document)}\t{form.money_line(document.document)}")
    add_table(word, form.head_rows(project, _HEAD_SPANS, document.document), _HEAD_GRID, sheet)
    styles.add(word, "", styles.GAP)
    header = tuple(form.Cell((text,), "label") for text in form.HEADINGS)
    rows = form.indicator_rows(project, document.document)
    add_table(word, [header, *rows], _INDICATOR_GRID, sheet, header=1)
