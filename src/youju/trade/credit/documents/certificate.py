"""The certificate of a score: name, level, points by item, until when it is good, a code that leads to the check page."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import segno

from youju.foundation.documents.paper import set_pdf
from youju.foundation.documents.templates import Context, Template
from youju.foundation.kernel.errors import InputError
from youju.trade.credit.models import Certificate, Score

CODE = "credit.certificate"
_TEMPLATE = Path(__file__).with_name("certificate.typ")
_HEAD = ("title", "name", "grade", "total", "month", "issued_on", "valid_until", "items", "address", "code")


def certificate_context(
    row: Certificate, score: Score, *, grade_title: str, address: str, unit: str
) -> dict[str, Any]:
    """The context of ``credit.certificate``: words and decimals as text, days as ISO."""
    return {
        "title": "信用证明",
        "unit": unit,
        "name": score.name,
        "number": score.number,
        "grade": score.grade,
        "grade_title": grade_title,
        "total": str(score.total),
        "most": str(score.most),
        "month": f"{score.snapshot.month:%Y-%m}",
        "day": score.snapshot.day.isoformat(),
        "items": [
            {"title": each["title"], "points": each["points"], "most": each["most"]} for each in score.items
        ],
        "issued_on": row.issued_on.isoformat(),
        "valid_until": row.valid_until.isoformat(),
        "code": row.code,
        "address": address,
    }


def _render(context: Context, format: str) -> bytes:  # noqa: ARG001 - there is one
    missing = [name for name in _HEAD if name not in context]
    if missing:
        raise InputError(
            f"证明的数据不完整（{'、'.join(missing)}）", where=CERTIFICATE.title, how="请重新出具"
        )
    moment = datetime.combine(date.fromisoformat(context["issued_on"]), time(), UTC)
    qr = segno.make(context["address"], error="q", micro=False).svg_inline(
        scale=4, border=2, dark="#000000", svgclass=None, lineclass=None
    )
    return set_pdf(_TEMPLATE, {**context, "qr": qr}, moment=moment)


CERTIFICATE = Template(
    code=CODE,
    title="信用证明",
    version="1",
    formats=("pdf",),
    render=_render,
    sources=(Path(__file__), _TEMPLATE),
)
