"""The opinion on an audit of targets (绩效目标审核意见) as docx: each item with both marks, reasons, difference, verdict."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.kernel.errors import InputError
from youju.performance.proposals.selectors.auditing import difference_of
from youju.performance.targets.documents.form import Cell, Row
from youju.rules.performance.proposals.marks import BAND_WORDS, ITEMS

if TYPE_CHECKING:
    from youju.performance.proposals.models import Audit

CODE = "proposals.opinion"
HEADS = ("审核内容", "小项", "分值", "系统评分", "审核人评分", "差异", "评分的理由")
_WIDTHS = (22.0, 26.0, 13.0, 17.0, 20.0, 14.0, 54.0)


def context_of(row: Audit) -> dict[str, Any]:
    """What the template is made of."""
    return {
        "number": row.number,
        "year": row.year,
        "version": row.target_version,
        "unit": row.unit_name or row.unit_key,
        "day": (row.concluded_on or row.as_of).isoformat(),
        "total": str(row.total),
        "band": row.band,
        "marked": "" if row.marked is None else str(row.marked),
        "marked_band": row.marked_band,
        "opinion": row.opinion,
        "by": row.concluded_name,
        "results": [[code, grade] for code, grade in sorted(row.results.items())],
        "items": [
            {
                "item": each.item, "full": str(each.full), "score": str(each.score), "reason": each.reason,
                "mark": "" if each.mark is None else str(each.mark), "why": each.why,
                "difference": "" if (gap := difference_of(each)) is None else f"{gap:+}",
            }
            for each in row.marks.all()
        ],
    }  # fmt: skip


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one format
    try:
        return _written(context)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"审核意见的数据不完整（{error}）", where=OPINION.title, how="请重新申请") from error


def _written(context: Context) -> bytes:
    from youju.foundation.documents.figures.word import embed
    from youju.foundation.documents.packing import repack
    from youju.performance.targets.documents import styles
    from youju.performance.targets.documents.tables import add_table

    sheet = FigureSheet(OPINION.origin(context))
    word = styles.prepared()
    core = word.core_properties
    core.title, core.author = f"{context['year']}年绩效目标审核意见", context["unit"]
    core.subject, core.last_modified_by, core.comments, core.language = "绩效目标审核", "有据", "", "zh-CN"
    core.created = core.modified = datetime.combine(date.fromisoformat(context["day"]), time())
    styles.add(word, f"{context['year']}年绩效目标审核意见", "Title")
    styles.add(word, f"{context['unit']}　第 {context['version']} 版　{context['number']}", "Subtitle")
    band = context["marked_band"] or context["band"]
    total = context["marked"] or context["total"]
    styles.add(word, f"审核得分 {total}，等级“{band}”：{BAND_WORDS[band]}。", "Normal")
    if context["opinion"]:
        styles.add(word, f"审核意见：{context['opinion']}", "Normal")
    rows: list[Row] = [tuple(Cell((head,), "label") for head in HEADS)]
    rows += [_row(context, each) for each in context["items"]]
    rows.append(
        (
            Cell(("合计",), "label", columns=2),
            Cell(("100",), "amount"),
            Cell((context["total"],), "amount", figure=_figure(context, "total", context["total"])),
            Cell((context["marked"],), "amount"),
            Cell(("",)),
            Cell((f"系统等级“{context['band']}”",)),
        )
    )
    add_table(word, rows, _WIDTHS, sheet, header=1)
    if context["results"]:
        told = "，".join(f"{code} {grade}" for code, grade in context["results"])
        styles.add(word, f"上年自评结果：{told}。", "Normal")
    if context["by"]:
        styles.add(word, f"审核人：{context['by']}　{context['day']}", "Normal")
    embed(word, sheet)
    buffer = io.BytesIO()
    word.save(buffer)
    return repack(buffer.getvalue())


def _row(context: Context, each: dict[str, Any]) -> Row:
    part, label = ITEMS[each["item"]]
    why = f"审核人：{each['why']}" if each["why"] else ""
    return (
        Cell((part,), "name"),
        Cell((label,), "name"),
        Cell((each["full"],), "amount"),
        Cell((each["score"],), "amount", figure=_figure(context, each["item"], each["score"])),
        Cell((each["mark"],), "amount"),
        Cell((each["difference"],), "amount"),
        Cell(tuple(part for part in (each["reason"], why) if part)),
    )


def _figure(context: Context, item: str, value: str) -> Figure:
    return Figure(
        value, f"proposals.audit.{item}", "分", str(context["year"]), f"proposals.audit:{context['number']}"
    )


OPINION = Template(
    code=CODE,
    title="绩效目标审核意见",
    version="1",
    formats=("docx",),
    render=_render,
    sources=(Path(__file__),),
    permission="proposals.export",
)
