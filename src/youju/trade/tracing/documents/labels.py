"""What a sheet of labels prints: for each carton the code, the goods' names, the order line, the carton's place in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from datetime import date as day_of
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno

from youju.foundation.documents.paper import set_pdf
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.trade.tracing.selectors.codes import LabelLine

CODE = "tracing.labels"
_TEMPLATE = Path(__file__).with_name("labels.typ")
_HEAD = ("title", "as_of", "sheet", "lines")


def labels_context(
    lines: Sequence[LabelLine], *, title: str, base: str, sheet: Mapping[str, Any], as_of: day_of
) -> dict[str, Any]:
    """The context of ``tracing.labels``. ``base``: the host that the codes lead to; sizes of the sheet in mm, as text."""
    return {
        "title": title,
        "as_of": as_of.isoformat(),
        "sheet": {name: sheet[name] for name in sorted(sheet)},
        "lines": [
            {
                "address": f"{base}/t/{line.token}",
                "order": f"{line.order}/{line.line_no}",
                "name": line.name,
                "name_en": line.name_en,
                "cartons": line.packages,
            }
            for line in lines
        ],
    }


def qr(address: str) -> str:
    """The QR code as an SVG picture: a quarter of it may be torn or dirty before it is lost."""
    return segno.make(address, error="q", micro=False).svg_inline(
        scale=4, border=2, dark="#000000", svgclass=None, lineclass=None
    )


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one
    missing = [name for name in _HEAD if name not in context]
    if missing:
        raise InputError(f"标签的数据不完整（{'、'.join(missing)}）", where=LABELS.title, how="请重新申请")
    moment = datetime.combine(day_of.fromisoformat(context["as_of"]), time(), UTC)
    lines = [{**line, "qr": qr(line["address"])} for line in context["lines"]]
    return set_pdf(_TEMPLATE, {**context, "lines": lines}, moment=moment, style="sans")


LABELS = Template(
    code=CODE,
    title="溯源标签",
    version="1",
    formats=("pdf",),
    render=_render,
    sources=(Path(__file__), _TEMPLATE),
    permission="tracing.label",
)
