"""The monthly bulletin as a template of documents: made in a job from plain data."""

from __future__ import annotations

from datetime import UTC, datetime, time
from datetime import date as day_of
from pathlib import Path

from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError

CODE = "statistics.bulletin"
_PARTS = ("title", "month", "as_of", "sections", "tables", "pictures")


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - one format
    from youju.trade.statistics.documents.word import write_docx

    missing = [name for name in _PARTS if name not in context]
    if missing:
        raise InputError(f"月报的数据不完整（{'、'.join(missing)}）", where=BULLETIN.title, how="请重新申请")
    moment = datetime.combine(day_of.fromisoformat(context["as_of"]), time(), UTC)
    return write_docx(context, moment, BULLETIN.origin(context))


def _sources() -> tuple[Path, ...]:
    here = Path(__file__).parent
    return tuple(sorted([*here.glob("*.py"), here.parent / "charts.py"]))


BULLETIN = Template(
    code=CODE,
    title="市场采购贸易出口月报",
    version="1",
    formats=("docx",),
    render=_render,
    sources=_sources(),
    permission="statistics.oversee",
)
