"""The agency export certificate (代理出口货物证明) as docx: who entrusted whom, the declaration, the goods, the amount."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template

if TYPE_CHECKING:
    from youju.trade.exemptions.models import Certificate, CertificateLine

CODE = "exemptions.certificate"
_SONG, _HEI, _CREATOR = "宋体", "黑体", "有据"
_HEADS = ("项号", "交易单", "商品编码", "品名", "币种", "总价", "折人民币（元）")


def certificate_context(row: Certificate, lines: Sequence[CertificateLine]) -> dict[str, Any]:
    """What the template ``exemptions.certificate`` is made of."""
    return {
        "number": row.number,
        "tax_number": row.tax_number,
        "issued_on": row.issued_on.isoformat() if row.issued_on else "",
        "amount": str(row.amount_cny),
        "pairs": [
            ["证明编号", row.tax_number],
            ["受托方（外贸代理）", row.agent_name],
            ["委托方", row.consignor_name],
            ["委托方纳税人识别号", row.tax_id or "（缺）"],
            ["委托代理出口货物协议", row.agreement],
            ["报关单", f"{row.entry_number or row.declaration}（申报单 {row.declaration}）"],
            ["放行日期", row.released_on.isoformat()],
            ["开具日期", row.issued_on.isoformat() if row.issued_on else ""],
            ["有效期至", row.valid_until.isoformat() if row.valid_until else ""],
        ],
        "lines": [
            [str(each.g_no), each.order_number, each.hs_code, each.name, each.currency, f"{each.amount:,.2f}",
             f"{each.amount_cny:,.2f}"]
            for each in lines
        ],
    }  # fmt: skip


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - docx alone
    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from youju.foundation.documents.figures.word import embed, mark
    from youju.foundation.documents.packing import repack

    figures = FigureSheet(CERTIFICATE.origin(context))
    word: Any = Document()
    _style(word)
    moment = datetime.combine(date.fromisoformat(context["issued_on"]), time(), UTC).replace(tzinfo=None)
    core = word.core_properties
    core.title, core.author, core.last_modified_by = (
        f"代理出口货物证明 {context['tax_number']}",
        _CREATOR,
        _CREATOR,
    )
    core.comments, core.language, core.created, core.modified = "", "zh-CN", moment, moment
    word.add_paragraph("代理出口货物证明", style="Title")
    grid = word.add_table(rows=0, cols=2, style="Table Grid")
    for label, value in context["pairs"]:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = label, value
    word.add_paragraph("证明的货物", style="Heading 1")
    table = word.add_table(rows=1, cols=len(_HEADS), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, _HEADS, strict=True):
        cell.text = head
    for line in context["lines"]:
        for cell, value in zip(table.add_row().cells, line, strict=True):
            cell.text = value
    total = word.add_paragraph(f"共 {len(context['lines'])} 行，出口额合计（元）：")
    figure = Figure(
        context["amount"], "exemptions.certified_amount", "CNY", context["issued_on"], context["number"]
    )
    run = mark(figures.add(figure), f"<w:r><w:t>{context['amount']}</w:t></w:r>")
    for part in parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"):
        total._p.append(part)
    word.add_paragraph("本证明由平台按放行的报关单生成，以税务部门系统开具的为准。")
    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _style(word: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, font, size in (("Normal", _SONG, 10.5), ("Title", _HEI, 20), ("Heading 1", _HEI, 13)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


CERTIFICATE = Template(
    code=CODE,
    title="代理出口货物证明",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__),),
    permission="exemptions.export",
)
