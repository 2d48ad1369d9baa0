"""Chart definitions of the base, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
SERIES = {"专利申请": "#c9cfdb", "专利授权": INK, "新增品牌": "#b08d3c"}


def by_year(rows: Sequence[tuple[int, int, int, int]], *, title: str, width: int = WIDE) -> alt.Chart:
    """Patents applied for, granted, and brands by year, side by side. Rows: year and the three counts."""
    data = [
        {"year": str(year), "what": what, "count": count, "place": place}
        for year, *counts in rows
        for place, (what, count) in enumerate(zip(SERIES, counts, strict=True))
    ]
    names = list(SERIES)
    colour = alt.Color(
        "what:N",
        scale=alt.Scale(domain=names, range=list(SERIES.values())),
        legend=alt.Legend(title=None, orient="top", direction="horizontal"),
    )
    words = "；".join(f"{year}年 申请 {a} 授权 {g} 品牌 {b}" for year, a, g, b in rows)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            x=alt.X("year:N", axis=_names(), scale=alt.Scale(paddingInner=0.3)),
            xOffset=alt.XOffset("what:N", sort=names),
            y=alt.Y("count:Q", axis=_counts(max((int(str(each["count"])) for each in data), default=0))),
            color=colour,
        )
        .properties(width=width - 60, height=200, description=f"{title}：{words}")
    )
    return chart


def by_state(
    rows: Sequence[tuple[str, int]], *, title: str, width: int = WIDE
) -> alt.LayerChart | alt.FacetChart:
    """Platform projects by state, lying bars with their number."""
    data = [{"state": state, "count": count} for state, count in rows]
    y = alt.Y("state:N", sort=[state for state, _ in rows], axis=_names())
    base = alt.Chart(alt.InlineData(values=data))
    x = alt.X("count:Q", axis=None)
    bars = base.mark_bar(color=INK).encode(x=x, y=y)
    numbers = base.mark_text(align="left", dx=6, color=INK).encode(x=x, y=y, text="count:Q")
    words = "，".join(f"{state} {count}" for state, count in rows)
    return alt.layer(bars, numbers).properties(
        width=width - 130, height=26 * max(1, len(rows)), description=f"{title}：{words}"
    )


def _names() -> alt.Axis:
    return alt.Axis(
        title=None, labelAngle=0, labelOverlap=True, ticks=False, labelColor=INK, domainColor=MUTED
    )


def _counts(most: int) -> alt.Axis:
    # Whole numbers only.
    step = max(1, -(-most // 4))
    return alt.Axis(
        title=None, values=list(range(0, most + step, step)), format="d", domain=False, ticks=False, labelColor=MUTED,
        gridColor=WASH, gridDash=[],
    )  # fmt: skip
