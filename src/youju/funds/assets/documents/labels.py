"""What a sheet of labels prints: for each asset the code, number, name, model, section and the day of acquisition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno

from youju.foundation.documents.paper import set_pdf
from youju.foundation.documents.templates import Context, Template
from youju.foundation.identity.limits import sections
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import addresses

if TYPE_CHECKING:
    from youju.funds.assets.models import Asset

CODE = "assets.labels"
_TEMPLATE = Path(__file__).with_name("labels.typ")
_HEAD = ("title", "as_of", "sheet", "lines")


def labels_context(
    rows: Sequence[Asset], *, base: str, sheet: Mapping[str, Any], as_of: date
) -> dict[str, Any]:
    """The context of ``assets.labels``. ``base``: the host that the codes lead to; sizes of the sheet in mm, as text."""
    named = sections()
    return {
        "title": "固定资产标签",
        "as_of": as_of.isoformat(),
        "sheet": {name: sheet[name] for name in sorted(sheet)},
        "lines": [
            {
                "address": addresses.code(row.number, base),
                "number": row.number,
                "name": row.name,
                "model": row.model,
                "where": "　".join(part for part in (named.get(row.section, row.section), row.place) if part),
                "acquired": row.acquired_on.isoformat(),
            }
            for row in rows
        ],
    }


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one
    missing = [name for name in _HEAD if name not in context]
    if missing:
        raise InputError(f"标签的数据不完整（{'、'.join(missing)}）", where=LABELS.title, how="请重新申请")
    moment = datetime.combine(date.fromisoformat(context["as_of"]), time(), UTC)
    lines = [{**line, "qr": _qr(line["address"])} for line in context["lines"]]
    return set_pdf(_TEMPLATE, {**context, "lines": lines}, moment=moment, style="sans")


def _qr(address: str) -> str:
    return segno.make(address, error="q", micro=False).svg_inline(
        scale=4, border=2, dark="#000000", svgclass=None, lineclass=None
    )


LABELS = Template(
    code=CODE,
    title="固定资产标签",
    version="1",
    formats=("pdf",),
    render=_render,
    sources=(Path(__file__), _TEMPLATE),
    permission="assets.view",
)
