"""The order of a payment (付款审批单): what for, to whom, who signed when; as docx and pdf."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime, time
from datetime import date as day_of
from pathlib import Path
from typing import Any

from youju.foundation.documents.packing import repack
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError

CODE = "payments.order"
_PARTS = ("number", "as_of", "amount", "capital", "rows", "signatures")
_HERE = Path(__file__).parent


def _render(context: Context, format: str) -> bytes:
    missing = [name for name in _PARTS if name not in context]
    if missing:
        raise InputError(
            f"付款审批单的数据不完整（{'、'.join(missing)}）", where=ORDER.title, how="请重新申请"
        )
    moment = datetime.combine(day_of.fromisoformat(context["as_of"]), time(), UTC)
    if format == "docx":
        return _docx(context, moment)
    from youju.foundation.documents.paper import set_pdf

    return set_pdf(_HERE / "order.typ", context, moment=moment)


def _docx(context: Mapping[str, Any], moment: datetime) -> bytes:
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(22)
    normal: Any = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    core = word.core_properties
    core.title, core.author, core.last_modified_by, core.comments = (
        f"付款审批单 {context['number']}",
        "有据",
        "有据",
        "",
    )
    core.created = core.modified = moment.replace(tzinfo=None)
    head = word.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run("付款审批单")
    run.bold, run.font.size = True, Pt(18)
    word.add_paragraph(f"编号：{context['number']}")
    table: Any = word.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in (*context["rows"], ("金额（元）", context["amount"]), ("大写", context["capital"])):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].width, cells[1].width = Mm(38), Mm(128)
    word.add_paragraph()
    signed: Any = word.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(signed.rows[0].cells, ("步骤", "办理人", "时间", "意见"), strict=True):
        cell.text = text
    for line in context["signatures"]:
        for cell, text in zip(signed.add_row().cells, line, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


ORDER = Template(
    code=CODE,
    title="付款审批单",
    version="1",
    formats=("docx", "pdf"),
    render=_render,
    sources=(Path(__file__), _HERE / "order.typ"),
    permission="payments.export",
)
