"""Chart definitions of spending, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
_PLAN, _AHEAD = "#b08d3c", "#7d8aa5"


@dataclass(frozen=True, slots=True)
class Point:
    """A month's end in 万元: planned, paid, forecast; ``None`` where there is none."""

    month: int
    planned: float | None
    paid: float | None
    forecast: float | None


def spending(
    points: Sequence[Point], *, title: str, width: int = WIDE, height: int = 240
) -> alt.LayerChart | alt.FacetChart:
    """Cumulative spending: paid as bars, the plan as steps with marks at its points, the forecast as a dashed line."""
    data = [
        {"month": f"{p.month}月", "planned": p.planned, "paid": p.paid, "forecast": p.forecast}
        for p in points
    ]
    order = [str(each["month"]) for each in data]
    axis = alt.Axis(
        title=None, labelAngle=0, labelOverlap=True, ticks=False, labelColor=INK, domainColor=MUTED
    )
    x = alt.X("month:N", sort=order, axis=axis, scale=alt.Scale(paddingInner=0.4))
    y_axis = alt.Axis(
        title=None, tickCount=4, format="~s" if width < 500 else ",.0f", domain=False, ticks=False, labelColor=MUTED,
        gridColor=WASH, gridDash=[],
    )  # fmt: skip
    base = alt.Chart(alt.InlineData(values=data)).encode(x=x)
    paid = (
        base.transform_filter("datum.paid !== null")
        .mark_bar(color=INK)
        .encode(y=alt.Y("paid:Q", axis=y_axis))
    )
    ahead = (
        base.transform_filter("datum.forecast !== null")
        .mark_line(color=_AHEAD, strokeDash=[5, 4], strokeWidth=2, point={"color": _AHEAD, "size": 24})
        .encode(y="forecast:Q")
    )
    plan = (
        base.transform_filter("datum.planned !== null")
        .mark_line(color=_PLAN, strokeWidth=2, point={"color": _PLAN, "size": 60, "shape": "diamond"})
        .encode(y="planned:Q")
    )
    words = "，".join(
        f"{p.month}月 计划 {_told(p.planned)} 已付 {_told(p.paid)} 预测 {_told(p.forecast)}" for p in points
    )
    return alt.layer(paid, ahead, plan).properties(
        width=width - 70, height=height, description=f"{title}（万元）：{words}"
    )


def _told(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
