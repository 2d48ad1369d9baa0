"""The acceptance sheet (验收单) of a deliverable as docx: whose contract, what, for how much, delivered and accepted when."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.office.contracts.models import Contract, Deliverable

CODE = "contracts.acceptance"
_SONG, _HEI, _CREATOR = "宋体", "黑体", "有据"


def sheet_context(contract: Contract, row: Deliverable) -> dict[str, Any]:
    """What the template ``contracts.acceptance`` is made of."""
    return {
        "number": f"{contract.number}-{row.place}",
        "contract": contract.title,
        "party": contract.party,
        "title": row.title,
        "price": str(row.price),
        "due_on": row.due_on.isoformat(),
        "delivered_on": row.delivered_on.isoformat() if row.delivered_on else "",
        "accepted_on": row.accepted_on.isoformat() if row.accepted_on else "",
        "accepted_by": row.accepted_name,
        "refusals": row.refusals,
    }


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one format
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn
    from docx.shared import Mm, Pt, RGBColor

    from youju.foundation.documents.figures.word import embed, mark
    from youju.foundation.documents.packing import repack

    try:
        moment = datetime.combine(date.fromisoformat(context["accepted_on"]), time(), UTC)
        rows = [
            ("合同", f"{context['contract']}"),
            ("编号", context["number"]),
            ("供应方", context["party"]),
            ("成果", context["title"]),
            ("价款（元）", context["price"]),
            ("交付期限", context["due_on"]),
            ("交付日期", context["delivered_on"]),
            ("验收日期", context["accepted_on"]),
            ("验收人", context["accepted_by"]),
            ("此前未通过", f"{context['refusals']} 次" if context["refusals"] else "无"),
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"验收单的数据不完整（{error}）", where=SHEET.title, how="请重新申请") from error
    figures = FigureSheet(SHEET.origin(context))
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, font, size in (("Normal", _SONG, 12), ("Title", _HEI, 20)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    core = word.core_properties
    core.title, core.subject, core.category = f"验收单 {context['number']}", "合同成果验收单", "合同"
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.replace(tzinfo=None)
    word.add_paragraph("合同成果验收单", style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = word.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text = label
        paragraph = cells[1].paragraphs[0]
        if label == "价款（元）":
            figure = Figure(value, "contracts.price", "CNY", context["accepted_on"], context["number"])
            run = mark(figures.add(figure), f"<w:r><w:t>{value}</w:t></w:r>")
            for part in parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"):
                paragraph._p.append(part)
        else:
            paragraph.add_run(value)
    word.add_paragraph("验收在系统内办理，以系统记录为准。")
    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


SHEET = Template(
    code=CODE,
    title="合同成果验收单",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__),),
    permission="contracts.view",
)
