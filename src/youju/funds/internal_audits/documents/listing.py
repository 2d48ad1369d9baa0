"""The list of findings as docx, a row a finding, with counts by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.identity.limits import sections
from youju.foundation.kernel.errors import InputError
from youju.funds.internal_audits.documents.paper import packed, put_figure, sheet
from youju.rules.funds.internal_audits.kinds import CATEGORIES, SERIOUSNESS
from youju.rules.funds.internal_audits.lifecycle import FINDING_STATES

if TYPE_CHECKING:
    from youju.funds.internal_audits.models import Finding

CODE = "internal_audits.list"
HEADS = ("编号", "问题", "类别", "程度", "依据", "金额（元）", "责任科室", "整改期限", "状态")
_WIDTHS = (26, 62, 20, 14, 50, 26, 24, 24, 20)


def context_of(rows: Sequence[Finding], today: date) -> dict[str, Any]:
    """What the template is made of."""
    known = sections()
    states = Counter(FINDING_STATES[row.state] for row in rows)
    return {
        "day": today.isoformat(),
        "counts": [[label, states[label]] for label in FINDING_STATES.values() if label in states],
        "rows": [
            [
                row.number, row.title, CATEGORIES[row.category], SERIOUSNESS[row.seriousness], row.basis,
                "" if row.amount is None else str(row.amount), known.get(row.section, row.section),
                row.due_on.isoformat() if row.due_on else "", FINDING_STATES[row.state],
            ]
            for row in rows
        ],
    }  # fmt: skip


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one format
    from docx.shared import Mm

    try:
        day, rows = context["day"], [list(map(str, row)) for row in context["rows"]]
        counts = "，".join(f"{label} {count} 个" for label, count in context["counts"])
        word = sheet("监督问题清单", day, wide=True)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"问题清单的数据不完整（{error}）", where=LIST.title, how="请重新申请") from error
    figures = FigureSheet(LIST.origin(context))
    word.add_paragraph(f"截至 {day}，共 {len(rows)} 个问题：{counts}。")
    table: Any = word.add_table(rows=1, cols=len(HEADS), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, HEADS, strict=True):
        cell.text = head
    for row in rows:
        cells = table.add_row().cells
        for place, (cell, value) in enumerate(zip(cells, row, strict=True)):
            if HEADS[place] == "金额（元）" and value:
                figure = Figure(value, "internal_audits.amount", "CNY", day, row[0])
                put_figure(cell.paragraphs[0], figures, figure, value)
            else:
                cell.text = value
    for line in table.rows:
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    return packed(word, figures)


LIST = Template(
    code=CODE,
    title="监督问题清单",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__), Path(__file__).with_name("paper.py")),
    permission="internal_audits.export",
)
