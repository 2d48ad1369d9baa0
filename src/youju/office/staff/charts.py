"""Chart definitions of dispatched staff, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
_PLAN, _DUE = "#b08d3c", "#c9cfdb"


@dataclass(frozen=True, slots=True)
class Bar:
    """A month: how many on the payroll, how many positions, wages due and paid in CNY; ``None`` where there is none."""

    month: int
    count: int | None
    positions: int | None
    due: float | None
    paid: float | None


def head_count(bars: Sequence[Bar], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """Head count by month as bars; the positions agreed as marks."""
    data = [{"month": f"{b.month}月", "count": b.count, "positions": b.positions} for b in bars]
    most = max((value for b in bars for value in (b.count, b.positions) if value is not None), default=1)
    # Whole people only: as many ticks as there are people, up to a handful.
    ticks = alt.Axis(
        title=None, values=list(range(0, most + 1, max(1, most // 4))), format="d", domain=False, ticks=False,
        labelColor=MUTED, gridColor=WASH, gridDash=[],
    )  # fmt: skip
    scale = alt.Scale(domain=[0, most + 1], nice=False)
    base = _base(data)
    count = (
        base.transform_filter("datum.count !== null")
        .mark_bar(color=INK)
        .encode(y=alt.Y("count:Q", axis=ticks, scale=scale))
    )
    number = (
        base.transform_filter("datum.count !== null")
        .mark_text(dy=-8, color=INK)
        .encode(y=alt.Y("count:Q", axis=ticks, scale=scale), text="count:Q")
    )
    agreed = (
        base.transform_filter("datum.positions !== null")
        .mark_tick(color=_PLAN, thickness=3)
        .encode(y=alt.Y("positions:Q", axis=ticks, scale=scale))
    )
    words = "，".join(f"{b.month}月 在岗 {_told(b.count)} 约定 {_told(b.positions)}" for b in bars)
    return alt.layer(count, number, agreed).properties(
        width=width - 60, height=200, description=f"{title}（人）：{words}"
    )


def wages(bars: Sequence[Bar], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """Wages by month: what was due as wide bars, what was paid as narrow ones in front."""
    data = [{"month": f"{b.month}月", "due": b.due, "paid": b.paid} for b in bars]
    axis = alt.Axis(
        title=None, tickCount=4, format="~s" if width < 500 else ",.0f", domain=False, ticks=False, labelColor=MUTED,
        gridColor=WASH, gridDash=[],
    )  # fmt: skip
    base = _base(data)
    due = base.transform_filter("datum.due !== null").mark_bar(color=_DUE).encode(y=alt.Y("due:Q", axis=axis))
    paid = (
        base.transform_filter("datum.paid !== null")
        .mark_bar(color=INK, width={"band": 0.5})
        .encode(y=alt.Y("paid:Q", axis=axis))
    )
    words = "，".join(f"{b.month}月 应发 {_told(b.due)} 实发 {_told(b.paid)}" for b in bars)
    return alt.layer(due, paid).properties(
        width=width - 80, height=200, description=f"{title}（元）：{words}"
    )


def _base(data: list[Any]) -> alt.Chart:
    axis = alt.Axis(
        title=None, labelAngle=0, labelOverlap=True, ticks=False, labelColor=INK, domainColor=MUTED
    )
    order = [str(each["month"]) for each in data]
    x = alt.X("month:N", sort=order, axis=axis, scale=alt.Scale(paddingInner=0.4))
    return alt.Chart(alt.InlineData(values=data)).encode(x=x)


def _told(value: float | None) -> str:
    return "—" if value is None else f"{value:g}" if value < 100_000 else f"{value:.2f}"
