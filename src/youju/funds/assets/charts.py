"""Chart definitions of assets, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
_GONE = "#b9c0cf"
_ROW = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A category: written off and left, in 万元."""

    label: str
    depreciated: float
    net: float


@dataclass(frozen=True, slots=True)
class Age:
    """Assets of an age: pieces, cost in 万元."""

    label: str
    count: int
    cost: float


def net_by_category(bars: Sequence[Bar], *, width: int = WIDE) -> alt.Chart:
    """Cost of each category as a bar: what is left, then what is written off."""
    data = [
        {"label": bar.label, "part": part, "value": value, "order": order}
        for bar in bars
        for order, (part, value) in enumerate((("净值", bar.net), ("累计折旧", bar.depreciated)))
    ]
    narrow = width < 500
    told = "，".join(f"{bar.label} 净值 {bar.net:.2f} 累计折旧 {bar.depreciated:.2f}" for bar in bars)
    colour = alt.Color(
        "part:N",
        scale=alt.Scale(domain=["净值", "累计折旧"], range=[INK, _GONE]),
        legend=alt.Legend(title=None, orient="top"),
    )
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            y=alt.Y(
                "label:N",
                sort=[bar.label for bar in bars],
                axis=alt.Axis(title=None, ticks=False, labelColor=INK, labelLimit=100 if narrow else 220),
            ),
            x=alt.X(
                "value:Q",
                stack="zero",
                axis=alt.Axis(title="万元", tickCount=4, gridColor=WASH, gridDash=[], domain=False),
            ),
            color=colour,
            order="order:Q",
        )
        .properties(
            width=width - (130 if narrow else 250),
            height=_ROW * max(len(bars), 1),
            description=f"各类资产的净值和累计折旧（万元）：{told}",
        )
    )
    return chart


def by_age(ages: Sequence[Age], *, width: int = WIDE) -> alt.Chart:
    """Pieces by years of use."""
    data = [{"label": age.label, "count": age.count} for age in ages]
    told = "，".join(f"{age.label} {age.count} 件 原值 {age.cost:.2f} 万元" for age in ages)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(color=INK)
        .encode(
            x=alt.X(
                "label:N",
                sort=[age.label for age in ages],
                axis=alt.Axis(title=None, labelAngle=0, ticks=False, labelColor=INK, domainColor=MUTED),
                scale=alt.Scale(paddingInner=0.4),
            ),
            y=alt.Y(
                "count:Q",
                axis=alt.Axis(title="件", tickCount=4, gridColor=WASH, gridDash=[], domain=False),
            ),
        )
        .properties(width=width - 80, height=200, description=f"按使用年数的件数：{told}")
    )
    return chart
