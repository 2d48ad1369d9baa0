"""The draft of a declaration as a PDF: header, lines, containers, totals, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from datetime import date as day_of
from decimal import Decimal
from pathlib import Path
from typing import Any

from youju.foundation.documents.paper import set_pdf
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.facts import Declaration
from youju.rules.trade.declarations.money import amount_of
from youju.trade.declarations.documents.fields import given_fields
from youju.trade.declarations.documents.message import Message

CODE = "declarations.draft"
MEASURES = ("quantity", "amount", "net_weight", "packages")
_HEAD = ("number", "state", "head", "lines", "containers", "total", "missing", "as_of")
_TEMPLATE = Path(__file__).with_name("draft.typ")


@dataclass(frozen=True, slots=True)
class Head:
    """What the draft says above the lines: key, state in words, day, and pairs of label and value that are no field."""

    key: str
    state: str
    day: day_of
    pairs: list[tuple[str, str]] = field(default_factory=list)


def draft_context(
    head: Head,
    made: Declaration,
    *,
    header: Mapping[str, str],
    elements: Mapping[int, str],
    containers: tuple[Mapping[str, str], ...],
    message: Message,
) -> dict[str, Any]:
    """The context of ``declarations.draft``; figures are decimal text."""
    fields = given_fields()
    pairs = [*head.pairs, *((field.label, header[name]) for name, field in fields.items() if name in header)]
    packages = sum(line.packages for line in made.lines)
    gross = sum((line.gross_weight for line in made.lines), Decimal(0))
    net = sum((line.net_weight for line in made.lines), Decimal(0))
    return {
        "number": head.key,
        "state": head.state,
        "as_of": head.day.isoformat(),
        "head": [[label, value] for label, value in pairs],
        "lines": [
            {
                "g_no": line.number,
                "hs_code": line.hs_code,
                "name": line.name,
                "model": elements.get(line.number, ""),
                "quantity": f"{_plain(line.quantity)} {line.unit}",
                "first": _counted(line.first_quantity, line.first_unit),
                "second": _counted(line.second_quantity, line.second_unit),
                "amount": f"{amount_of(line.cents):f}",
                "net_weight": _plain(line.net_weight),
                "packages": line.packages,
                "how": "归并" if line.merged else "逐项",
            }
            for line in made.lines
        ],
        "containers": [
            f"{each['ContainerId']}（{each['ContainerMd']}，第 {each['GoodsNo']} 项）" for each in containers
        ],
        "total": f"合计 {len(made.lines)} 项，{packages} 件，净重 {_plain(net)} 千克，毛重 {_plain(gross)} 千克，"
        f"总价 {made.currency} {amount_of(made.cents):f}",
        "missing": [
            each.label if each.line is None else f"第 {each.line} 项{each.label}" for each in message.missing
        ],
    }


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _counted(number: Decimal | None, unit: str) -> str:
    return f"{_plain(number)} {unit}" if number is not None else "—"


def _render(context: Context, format: str) -> bytes:
    missing = [name for name in _HEAD if name not in context]
    if missing or format != "pdf":
        raise InputError(f"草单的数据不完整（{'、'.join(missing)}）", where=DRAFT.title, how="请重新申请")
    moment = datetime.combine(day_of.fromisoformat(context["as_of"]), time(), UTC)
    return set_pdf(_TEMPLATE, context, moment=moment, style="sans")


DRAFT = Template(
    code=CODE,
    title="报关单草单",
    version="1",
    formats=("pdf",),
    render=_render,
    sources=(Path(__file__), _TEMPLATE),
    permission="declarations.export",
)
