"""The charts of a document as an appendix to its Word form."""

from __future__ import annotations

import io

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from youju.foundation.documents import pictures
from youju.performance.targets import charts
from youju.performance.targets.documents import styles
from youju.rules.performance.targets.facts import TargetDocument


def add_pictures(word: WordDocument, document: TargetDocument) -> None:
    """Add the budgets and the plans, each with a caption and a description for those who cannot see it."""
    if not document.projects:
        return
    heading = styles.add(word, "附图", "Heading 1")
    heading.paragraph_format.page_break_before = True
    unit = document.document.money_unit
    numbered = list(enumerate(document.projects, 1))
    budgets = charts.budget_chart(
        [charts.BudgetRow(number, project.name, project.budget) for number, project in numbered], unit=unit
    )
    rows = [
        charts.PlanRow(number, project.name, project.budget, charts.plan_points(project.plan))
        for number, project in numbered
    ]
    plans = charts.plans_overview(rows, unit=unit)
    for number, chart in enumerate((budgets, plans), 1):
        place = word.add_paragraph()
        place.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        place.paragraph_format.first_line_indent = 0
        place.paragraph_format.line_spacing = 1.0
        place.paragraph_format.keep_with_next = True
        shape = place.add_run().add_picture(io.BytesIO(pictures.png(chart)), width=Mm(160))
        shape._inline.docPr.set("descr", str(chart.description))
        styles.add(word, f"图{number}　{pictures.title_of(chart)}", styles.CAPTION)
