"""Measured rows as pages tell them: tones, bars, sparklines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from youju.foundation.policies import law_on
from youju.foundation.shell.figures import grouped
from youju.performance.measures.selectors import Basis, MeasuredRow
from youju.rules.law import whole
from youju.rules.performance.evaluation.points import plain

BASES = {Basis.COMPUTED: "计算", Basis.ATTESTED: "情况说明", Basis.UNBOUND: "未绑定"}
WIDE, HIGH, EDGE = 160, 36, 3


@dataclass(frozen=True, slots=True)
class Told:
    """A row with how it is shown: ``state`` and ``tone`` of its badge, ``width`` of its bar (0 to 100)."""

    row: MeasuredRow
    state: str
    tone: str
    width: int
    degree: str
    forecast: str
    basis: str


def told(rows: Sequence[MeasuredRow]) -> list[Told]:
    """Rows for a table."""
    near = Decimal(whole(law_on(timezone.localdate()), "performance.measures.near"))
    return [_told(row, near) for row in rows]


def _told(row: MeasuredRow, near: Decimal) -> Told:
    state, tone = _state(row, near)
    rate = row.degree if row.degree is not None else row.tier_rate
    return Told(
        row=row,
        state=state,
        tone=tone,
        width=0 if rate is None else max(0, min(100, int(rate))),
        degree="" if rate is None else f"{plain(rate)}%",
        forecast=amount(row.forecast, row),
        basis=BASES[row.basis],
    )


def _state(row: MeasuredRow, near: Decimal) -> tuple[str, str]:
    if not row.has_value:
        return ("未绑定", "warning") if row.basis is Basis.UNBOUND else ("没有值", "plain")
    if row.met:
        return "达成", "ink"
    if row.tier == "partly" or (row.degree is not None and row.degree >= near):
        return ("部分达成" if row.tier else "接近"), "warning"
    return "未达成", "error"


def amount(value: Decimal | None, row: MeasuredRow) -> str:
    """A value in the row's unit, to the hundredth; nothing from nothing."""
    if value is None:
        return ""
    unit = row.unit if row.number is not None else "%"
    told_value = grouped(plain(value.quantize(Decimal("0.01"))))
    return f"{told_value}{'' if unit in {'%', None} else ' '}{unit or ''}"


def sparkline(points: Sequence[tuple[date, Decimal | None]], label: str) -> SafeString:
    """The monthly values as a small picture: drawn without styles, so that it stands in any page and by itself."""
    known = [(place, value) for place, (_, value) in enumerate(points) if value is not None]
    if not known:
        return format_html(_SVG, WIDE, HIGH, label, "")
    low, high = min(value for _, value in known), max(value for _, value in known)
    span = (high - low) or Decimal(1)
    step = Decimal(WIDE - 2 * EDGE) / max(1, len(points) - 1)
    places = [
        (f"{EDGE + place * step:.1f}", f"{HIGH - EDGE - (value - low) * (HIGH - 2 * EDGE) / span:.1f}")
        for place, value in known
    ]
    line = format_html(
        '<polyline fill="none" stroke="#1d2b45" stroke-width="1.6" points="{}"/>',
        " ".join(f"{x},{y}" for x, y in places),
    )
    x, y = places[-1]
    return format_html(
        _SVG, WIDE, HIGH, label, format_html('{}<circle cx="{}" cy="{}" r="2.4" fill="#1d2b45"/>', line, x, y)
    )


_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img"'
    ' aria-label="{2}">{3}</svg>'
)


def months(row: MeasuredRow) -> SafeString:
    """The monthly values in words, for who does not see the picture."""
    return format_html_join(
        "，",
        "{}月 {}",
        ((day.month, amount(value, row) or "无") for day, value in row.trend),
    )
