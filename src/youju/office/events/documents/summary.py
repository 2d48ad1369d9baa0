"""The summary (活动小结) of an event as docx: when and where, who took part, what it cost and brought, the result in words."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.kernel.countries import name_of
from youju.foundation.kernel.errors import InputError
from youju.rules.office.events.kinds import COST_KINDS, DEAL_STATES, KIND_NAMES, EventKind
from youju.rules.office.events.lifecycle import (
    AEO_STAGES,
    EVENT_STATES,
    PROSPECT_STAGES,
    SIGNUP_STATES,
)

if TYPE_CHECKING:
    from youju.office.events.selectors.pages import EventPage

CODE = "events.summary"
_SONG, _HEI, _CREATOR = "宋体", "黑体", "有据"


def summary_context(page: EventPage) -> dict[str, Any]:
    """What the template ``events.summary`` is made of."""
    row, totals = page.event, page.totals
    return {
        "number": row.number,
        "name": row.name,
        "name_en": row.name_en,
        "kind": KIND_NAMES[row.kind],
        "place": " ".join(part for part in (name_of(row.country), row.city, row.venue) if part),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "section": page.section_name,
        "project": row.project,
        "state": EVENT_STATES[row.state],
        "result": row.report_note,
        "budget": str(row.budget) if row.budget is not None else "",
        "cost": str(totals.cost),
        "won": str(totals.deal_amount),
        "counts": [list(pair) for pair in _counts(page)],
        "tables": [dict(table) for table in _tables(page)],
    }


def _counts(page: EventPage) -> list[tuple[str, str]]:
    totals, kind = page.totals, page.event.kind
    if kind == EventKind.EXHIBITION:
        return [("参展企业", f"{totals.approved} 家"), ("核实的成交", f"{totals.deals} 笔")]
    if kind in (EventKind.TRAINING, EventKind.RESEARCH):
        return [
            ("参加企业", f"{totals.approved} 家"),
            ("场次", f"{len(page.sessions)} 场，{totals.hours} 学时"),
            ("到场", f"应到 {totals.expected} 人次，实到 {totals.present} 人次"),
        ]
    stages = PROSPECT_STAGES if kind == EventKind.RECRUITMENT else AEO_STAGES
    return [(label, f"{totals.stages.get(code, 0)} 家") for code, label in stages.items()]


def _tables(page: EventPage) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []

    def add(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        if rows:
            made.append({"title": title, "heads": list(heads), "rows": [list(row) for row in rows]})

    add(
        "参加企业",
        ("企业", "展位或名额", "展位号", "状态"),
        [(each.firm, str(each.wanted), each.booth, SIGNUP_STATES[each.state]) for each in page.signups],
    )
    add(
        "场次",
        ("日期", "场次", "学时"),
        [(each.held_on.isoformat(), each.title, str(each.hours)) for each in page.sessions],
    )
    add(
        "成交",
        ("企业", "成交日期", "买家国家（地区）", "成交额（元）", "状态"),
        [
            (each.signup.firm, each.won_on.isoformat(), name_of(each.country), f"{each.amount:,.2f}",
             DEAL_STATES[each.state])
            for each in page.deals
        ],
    )  # fmt: skip
    add(
        "招商对象",
        ("企业", "进展", "最近进展"),
        [
            (each.firm, PROSPECT_STAGES[each.stage], f"{each.last_on} {each.note}".strip())
            for each in page.prospects
        ],
    )
    add(
        "AEO 企业",
        ("企业", "进展", "最近进展"),
        [
            (each.firm, AEO_STAGES[each.stage], f"{each.last_on} {each.note}".strip())
            for each in page.applications
        ],
    )
    add(
        "费用",
        ("类别", "日期", "金额（元）", "付款编号"),
        [
            (COST_KINDS[each.kind], each.spent_on.isoformat(), f"{each.amount:,.2f}", each.reference)
            for each in page.costs
        ],
    )
    return made


def _lines(context: Context) -> list[tuple[str, Any, str]]:
    """Label, value, and the code of a figure where it is one."""
    days = context["starts_on"]
    if context["ends_on"] != context["starts_on"]:
        days += f" 至 {context['ends_on']}"
    lines = [
        ("编号", context["number"], ""),
        ("名称", " ".join(part for part in (context["name"], context["name_en"]) if part), ""),
        ("类别", context["kind"], ""),
        ("时间", days, ""),
        ("地点", context["place"], ""),
        ("负责科室", context["section"], ""),
        ("项目编码", context["project"], ""),
        ("状态", context["state"], ""),
        *((label, value, "") for label, value in context["counts"]),
        ("预算（元）", context["budget"], "events.budget"),
        ("费用（元）", context["cost"], "events.cost"),
        ("核实的成交额（元）", context["won"] if context["kind"] == "展会" else "", "events.orders_won"),
    ]
    return [line for line in lines if line[1] != ""]


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one format
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    from youju.foundation.documents.figures.word import embed
    from youju.foundation.documents.packing import repack

    try:
        moment = datetime.combine(date.fromisoformat(context["ends_on"]), time(), UTC)
        lines = _lines(context)
        number, tables = str(context["number"]), list(context["tables"])
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"活动小结的数据不完整（{error}）", where=SUMMARY.title, how="请重新申请") from error
    figures = FigureSheet(SUMMARY.origin(context))
    word = Document()
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _style(word)
    core = word.core_properties
    core.title, core.subject, core.category = f"活动小结 {number}", "展会与活动小结", "活动"
    core.author = core.last_modified_by = _CREATOR
    core.comments, core.language = "", "zh-CN"
    core.created = core.modified = moment.replace(tzinfo=None)
    word.add_paragraph("活动小结", style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
    grid = word.add_table(rows=0, cols=2, style="Table Grid")
    for label, value, code in lines:
        cells = grid.add_row().cells
        cells[0].text = label
        _put(cells[1].paragraphs[0], str(value), code, figures, context)
    if context.get("result"):
        word.add_paragraph("结果", style="Heading 1")
        word.add_paragraph(str(context["result"]))
    for table in tables:
        _add_table(word, table)
    embed(word, figures)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _style(word: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, font, size in (("Normal", _SONG, 11), ("Title", _HEI, 20), ("Heading 1", _HEI, 14)):
        style: Any = word.styles[name]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), False
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _put(paragraph: Any, value: str, code: str, figures: FigureSheet, context: Context) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    from youju.foundation.documents.figures.word import mark

    if not code:
        paragraph.add_run(value)
        return
    figure = Figure(value, code, "CNY", context["ends_on"], context["number"])
    run = mark(figures.add(figure), f"<w:r><w:t>{value}</w:t></w:r>")
    for part in parse_xml(f"<w:p {nsdecls('w')}>{run}</w:p>"):
        paragraph._p.append(part)


def _add_table(word: Any, table: Mapping[str, Any]) -> None:
    word.add_paragraph(str(table["title"]), style="Heading 1")
    grid = word.add_table(rows=1, cols=len(table["heads"]), style="Table Grid")
    for cell, head in zip(grid.rows[0].cells, table["heads"], strict=True):
        cell.text = head
    for row in table["rows"]:
        for cell, value in zip(grid.add_row().cells, row, strict=True):
            cell.text = value


SUMMARY = Template(
    code=CODE,
    title="活动小结",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__),),
    permission="events.export",
)
