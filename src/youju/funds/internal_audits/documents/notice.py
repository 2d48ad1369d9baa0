"""The notice of rectification (整改通知书) as docx: to which section, what was found, by which clause, until when."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.identity.limits import sections
from youju.foundation.kernel.errors import InputError
from youju.funds.internal_audits.documents.paper import packed, put_figure, sheet
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS

if TYPE_CHECKING:
    from youju.funds.internal_audits.models import Finding

CODE = "internal_audits.notice"
_AMOUNT = "问题金额（元）"


def context_of(row: Finding) -> dict[str, Any]:
    """What the template is made of."""
    return {
        "number": row.number,
        "section": sections().get(row.section, row.section),
        "title": row.title,
        "description": row.description,
        "basis": row.basis,
        "category": CATEGORIES[row.category],
        "seriousness": SERIOUSNESS[row.seriousness],
        "amount": "" if row.amount is None else str(row.amount),
        "record": row.subject_label,
        "suggestion": row.suggestion,
        "noticed_on": row.noticed_on.isoformat() if row.noticed_on else "",
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "found_by": row.found_name,
        "reopened": row.reopened,
        "reopened_why": row.reopened_why,
    }


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one format
    try:
        rows = [
            ("编号", context["number"]),
            ("问题", context["title"]),
            ("情况", context["description"]),
            ("违反的规定", context["basis"]),
            ("类别", f"{context['category']}，{context['seriousness']}"),
            (_AMOUNT, context["amount"]),
            ("关联的记录", context["record"]),
            ("整改要求", context["suggestion"]),
            ("整改期限", context["due_on"]),
        ]
        word = sheet("整改通知书", context["noticed_on"])
        opening = (
            f"{context['section']}：内部监督发现下列问题，请于 {context['due_on']} 以前整改完毕，"
            "并附证明材料回复。"
        )
        signed = f"{context['found_by']}　{context['noticed_on']}"
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"整改通知书的数据不完整（{error}）", where=NOTICE.title, how="请重新申请"
        ) from error
    figures = FigureSheet(NOTICE.origin(context))
    word.add_paragraph(opening)
    table = word.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in rows:
        if not value:
            continue
        cells = table.add_row().cells
        cells[0].text = label
        if label == _AMOUNT:
            figure = Figure(value, "internal_audits.amount", "CNY", context["noticed_on"], context["number"])
            put_figure(cells[1].paragraphs[0], figures, figure, value)
        else:
            cells[1].text = value
    _widths(table)
    if context["reopened"]:
        word.add_paragraph(
            f"这个问题销号后第 {context['reopened']} 次重新打开，理由：{context['reopened_why']}"
        )
    word.add_paragraph("整改和核实在系统内办理，以系统记录为准。")
    word.add_paragraph(signed)
    return packed(word, figures)


def _widths(table: Any) -> None:
    from docx.shared import Mm

    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, (Mm(35), Mm(120)), strict=True):
            cell.width = width


NOTICE = Template(
    code=CODE,
    title="整改通知书",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__), Path(__file__).with_name("paper.py")),
    permission="internal_audits.export",
)
