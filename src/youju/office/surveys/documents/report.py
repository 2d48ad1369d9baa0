"""The report (满意度调查报告) of a closed survey as docx: how it was done, satisfaction with n and interval, channels."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.kernel.errors import InputError
from youju.office.surveys.selectors.results import ResultPage, table_of, told
from youju.rules.office.surveys.statistics import METHOD

CODE = "surveys.report"
_SONG, _HEI, _CREATOR = "宋体", "黑体", "有据"
_MEAN = 3  # the column of the table that is a figure


def report_context(page: ResultPage) -> dict[str, Any]:
    """What the template ``surveys.report`` is made of."""
    row = page.survey
    return {
        "number": row.number,
        "title": row.title,
        "period": f"{row.year} 年第 {row.quarter} 季度" if row.quarter else f"{row.year} 年",
        "project": row.project,
        "opened_on": row.opened_on.isoformat() if row.opened_on else "",
        "closed_on": row.closed_on.isoformat() if row.closed_on else "",
        "handed_out": page.standing.handed_out,
        "answered": row.answered,
        "rate": told(page.rate),
        "previous": str(page.previous) if page.previous else "",
        "rows": table_of(page),
        "notes": [f"{each.message}{each.suggestion}" for each in page.findings],
        "channels": [
            [each.channel.name, str(each.channel.handed_out), str(each.answered), str(each.silent)]
            for each in page.standing.channels
        ],
        "method": METHOD,
        "small": page.small_cell,
    }


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one format
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    from youju.foundation.documents.figures.word import embed
    from youju.foundation.documents.packing import repack

    try:
        moment = datetime.combine(date.fromisoformat(context["closed_on"]), time(), UTC)
        rows, channels, notes = context["rows"], context["channels"], context["notes"]
        lead = (
            f"{context['period']}“{context['title']}”于 {context['opened_on']} 发布，{context['closed_on']} 结束，"
            f"发出 {context['handed_out']} 份，收回 {context['answered']} 份"
            + (f"，回收率 {context['rate']} %。" if context["rate"] else "。")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"报告的数据不完整（{error}）", where=REPORT.title, how="请重新申请") from error
    figures = FigureSheet(REPORT.origin(context))
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, font, size in (("Normal", _SONG, 12), ("Title", _HEI, 20), ("Heading 1", _HEI, 14)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    core = word.core_properties
    core.title, core.subject, core.category = (
        f"满意度调查报告 {context['number']}",
        "满意度调查报告",
        "满意度调查",
    )
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.replace(tzinfo=None)
    word.add_paragraph(context["title"], style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.add_paragraph(lead)
    for note in notes:
        word.add_paragraph(f"说明：{note}")
    word.add_paragraph("一、满意度", style="Heading 1")
    heads = ("部分", "名称", "份数", "满意度", "下限", "上限", "上一次", "变化")
    _table(word, heads, rows, figures, context)
    word.add_paragraph("二、发出和收回", style="Heading 1")
    _table(word, ("渠道", "发出", "收回", "未答"), channels, None, context)
    word.add_paragraph("三、怎么算的", style="Heading 1")
    word.add_paragraph(
        "五级折成 0、25、50、75、100 分，一份答卷在一个标签下的得分是该标签各题的平均，满意度是各份得分的平均。"
        f"{context['method']}。少于 {context['small']} 份的不分开显示。"
        + (f"上一次是 {context['previous']}。" if context["previous"] else "")
    )
    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _table(word: Any, heads: Any, rows: Any, figures: FigureSheet | None, context: Context) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from youju.foundation.documents.figures.word import mark

    table = word.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        cells = table.add_row().cells
        for place, value in enumerate(row):
            if figures is not None and place == _MEAN and value:
                subject = f"{context['number']}:{row[0]}:{row[1]}"
                figure = Figure(value, "surveys.satisfaction_rate", "%", context["period"], subject)
                run = mark(figures.add(figure), f"<w:r><w:t>{value}</w:t></w:r>")
                for part in parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"):
                    cells[place].paragraphs[0]._p.append(part)
            else:
                cells[place].text = value or "—"


REPORT = Template(
    code=CODE,
    title="满意度调查报告",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__),),
    permission="surveys.export",
)
