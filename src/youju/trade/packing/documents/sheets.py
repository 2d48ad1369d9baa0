"""What the packing list prints: head, a plan of each container with its fill, the goods line by line, the totals."""

from __future__ import annotations

from datetime import UTC, datetime, time
from datetime import date as day_of
from pathlib import Path
from typing import Any

from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.packing.amounts import Amounts
from youju.trade.packing.selectors.pages import LoadedContainer, PackingPage

CODE = "packing.list"
FORMATS = ("xlsx", "pdf", "docx")
MEASURES = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")
_HEAD = ("number", "head", "containers", "total", "as_of")


def list_context(page: PackingPage) -> dict[str, Any]:
    """The context of ``packing.list``; figures are decimal text, shares whole thousandths of the capacity."""
    row = page.row
    named = {role: "　".join(pair) for role, pair in page.parties.items()}
    head = [
        ("外贸代理", named.get("agent", "")),
        ("监管场站", named.get("warehouse", "")),
        ("装箱日期", row.packed_on.isoformat()),
        ("运抵国（地区）", row.country),
        ("提运单号", row.bill_of_lading),
        ("出境口岸", row.port),
    ]
    return {
        "number": row.number,
        "as_of": row.packed_on.isoformat(),
        "head": [[label, value] for label, value in head if value],
        "containers": [_container(box) for box in page.containers],
        "total": _figures(page.total),
    }


def _container(box: LoadedContainer) -> dict[str, Any]:
    volume = box.capacity.volume if box.capacity else None
    return {
        "number": box.row.number,
        "kind": box.row.kind,
        "seal": box.row.seal,
        "volume": str(volume or ""),
        "payload": str(box.capacity.payload if box.capacity else ""),
        "volume_share": int(box.volume_share * 1000),
        "weight_share": int(box.weight_share * 1000),
        "load": _figures(box.load),
        "lines": [
            {
                "order": line.order,
                "line_no": line.line_no,
                "hs_code": line.hs_code,
                "name": line.name,
                "unit": line.unit,
                "share": int(line.amounts.volume / volume * 1000) if volume else 0,
                "figures": _figures(line.amounts),
            }
            for line in box.lines
        ],
    }


def _figures(amounts: Amounts) -> list[str]:
    return [str(getattr(amounts, name)) for name in MEASURES]


def _render(context: Context, format: str) -> bytes:
    from youju.trade.packing.documents import paper, word, workbook

    missing = [name for name in _HEAD if name not in context]
    if missing:
        raise InputError(f"装箱单的数据不完整（{'、'.join(missing)}）", where=LIST.title, how="请重新申请")
    moment = datetime.combine(day_of.fromisoformat(context["as_of"]), time(), UTC)
    write = {"xlsx": workbook.write_xlsx, "pdf": paper.write_pdf, "docx": word.write_docx}[format]
    return write(context, moment)


def _sources() -> tuple[Path, ...]:
    here = Path(__file__).parent
    return tuple(sorted([*here.glob("*.py"), *here.glob("*.typ")]))


LIST = Template(
    code=CODE,
    title="装箱单和装箱图",
    version="1",
    formats=FORMATS,
    render=_render,
    sources=_sources(),
    permission="packing.export",
)
