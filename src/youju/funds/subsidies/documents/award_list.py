"""The award list as docx, xlsx and pdf: while it is public (公示名单), and as the decision once it is made (补贴决定)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from youju.foundation.documents.figures import FigureSheet
from youju.foundation.documents.templates import Context, Figure, Template
from youju.foundation.kernel.errors import InputError
from youju.rules.funds.claims.publishing import list_hash

CODE = "subsidies.award_list"
AMOUNT, TOTAL = "subsidies.award.amount", "subsidies.award.total"
HEADINGS = ("序号", "申请编号", "申请人", "统一社会信用代码", "算出（元）", "补贴（元）")


@dataclass(frozen=True, slots=True)
class Printed:
    """What every format prints."""

    title: str
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str
    notes: tuple[str, ...]
    number: str


def list_context(
    content: dict[str, Any],
    *,
    list_hash: str,
    shown_on: date,
    shown_until: date,
    decided_on: date | None = None,
    decided_name: str = "",
) -> dict[str, Any]:
    """What the template is made of: the published list, its hash and days; with ``decided_on`` it is the decision."""
    return {
        "content": content,
        "hash": list_hash,
        "shown_on": shown_on.isoformat(),
        "shown_until": shown_until.isoformat(),
        "decided_on": decided_on.isoformat() if decided_on else "",
        "decided_name": decided_name,
    }


def printed_of(context: Context) -> Printed:
    """The context as the formats print it.

    Raises:
        InputError: the data is incomplete, or the list is not the one that its hash names.
    """
    try:
        content, named = context["content"], context["hash"]
        lines, decided = content["lines"], context["decided_on"]
        title, number = content["title"], content["number"]
        first, last = context["shown_on"], context["shown_until"]
    except (KeyError, TypeError) as error:
        raise InputError(f"名单的数据不完整（{error}）", where=AWARD_LIST.title, how="请重新申请") from error
    if list_hash(content) != named:
        raise InputError("名单与校验值不符，没有生成", where=str(number), how="请联系系统管理员")
    if decided:
        heading = "关于给予补贴的决定"
        told = (
            f"根据“{title}”，名单已于 {first} 至 {last} 公示，公示期满。现决定对下列 {len(lines)} 户给予补贴，"
            f"共 {_money(content['total'])} 元，按名单付款。",
        )
        signed = f"决定人：{context['decided_name']}　{decided}"
    else:
        heading = "拟补贴名单公示"
        told = (
            f"根据“{title}”，经审核，拟对下列 {len(lines)} 户给予补贴，共 {_money(content['total'])} 元。"
            f"现予公示，{first} 至 {last}。对名单有异议的，请在公示期内署名提出。",
        )
        signed = f"公示日期：{first}"
    rows = tuple(
        (
            str(each["place"]),
            each["number"],
            each["name"],
            each["code"] or "—",
            _money(each["computed"]),
            _money(each["amount"]),
        )
        for each in lines
    )
    notes = (signed, f"批次 {number}，名单第 {content['version']} 版。SHA-256 校验值：{named}")
    return Printed(heading, told, rows, _money(content["total"]), notes, str(number))


def figures_of(printed: Printed, context: Context) -> FigureSheet:
    """The figures in the order in which the formats set them: each award, then the sum."""
    sheet = FigureSheet(AWARD_LIST.origin(context))
    for row in printed.rows:
        sheet.add(Figure(row[-1], AMOUNT, "元", subject=f"subsidies.claim:{row[1]}"))
    sheet.add(Figure(printed.total, TOTAL, "元", subject=f"subsidies.round:{printed.number}"))
    return sheet


def _money(text: str) -> str:
    whole, _, cents = text.partition(".")
    return f"{int(whole):,}.{cents}"


def _render(context: Context, format: str) -> bytes:
    from youju.funds.subsidies.documents import list_paper, list_word, list_workbook

    printed = printed_of(context)
    figures = figures_of(printed, context)
    moment = datetime.combine(date.fromisoformat(context["decided_on"] or context["shown_on"]), time(), UTC)
    write = {"docx": list_word.write_docx, "pdf": list_paper.write_pdf, "xlsx": list_workbook.write_xlsx}
    return write[format](printed, figures, moment)


def _sources() -> tuple[Path, ...]:
    here = Path(__file__).parent
    return tuple(sorted([*here.glob("*list*.py"), *here.glob("*.typ")]))


AWARD_LIST = Template(
    code=CODE,
    title="补贴名单",
    version="1",
    formats=("docx", "xlsx", "pdf"),
    render=_render,
    sources=_sources(),
    permission="claims.view",
)
