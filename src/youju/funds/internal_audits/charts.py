"""Chart definitions of findings. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, SEAL, WASH

WIDE, NARROW = 480, 330
"""Widths of a whole picture in pixels: half a desk screen, and a telephone."""
_CLOSED = "#aeb6c6"
OPEN_WORD, LATE_WORD, CLOSED_WORD = "未销号", "逾期", "已销号"


def by_kind(rows: Sequence[tuple[str, int, int, int]], *, title: str, width: int = WIDE) -> alt.Chart:
    """A stacked bar a row: open in time, late, closed."""
    data = []
    for label, open_, late, closed in rows:
        for place, (word, count) in enumerate(
            ((CLOSED_WORD, closed), (OPEN_WORD, open_ - late), (LATE_WORD, late))
        ):
            data.append({"label": label, "state": word, "count": count, "place": place})
    words = "，".join(
        f"{label} 未销号 {open_} 其中逾期 {late} 已销号 {closed}" for label, open_, late, closed in rows
    )
    colours = alt.Scale(domain=[CLOSED_WORD, OPEN_WORD, LATE_WORD], range=[_CLOSED, INK, SEAL])
    legend = alt.Legend(orient="bottom", title=None, symbolType="square")
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(height=16)
        .encode(
            x=alt.X("count:Q", stack="zero", axis=_axis()),
            y=alt.Y("label:N", sort=[row[0] for row in rows], axis=_labels()),
            color=alt.Color("state:N", scale=colours, legend=legend),
            order="place:Q",
        )
        .properties(width=width - 110, height=30 * max(len(rows), 1), description=f"{title}：{words}")
    )
    return chart


def ages(
    rows: Sequence[tuple[str, int]], *, title: str, width: int = WIDE
) -> alt.LayerChart | alt.FacetChart:
    """How many open findings there are of each age; the oldest class stands out."""
    data = [
        {"label": label, "count": count, "old": place == len(rows) - 1}
        for place, (label, count) in enumerate(rows)
    ]
    words = "，".join(f"{label} {count} 个" for label, count in rows)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X("count:Q", axis=_axis()), y=alt.Y("label:N", sort=[row[0] for row in rows], axis=_labels())
    )
    bars = base.mark_bar(height=16).encode(color=alt.condition("datum.old", alt.value(SEAL), alt.value(INK)))
    numbers = base.mark_text(align="left", dx=5, color=INK).encode(text="count:Q")
    return alt.layer(bars, numbers).properties(
        width=width - 130, height=30 * max(len(rows), 1), description=f"{title}：{words}"
    )


def _axis() -> alt.Axis:
    return alt.Axis(
        title=None, tickMinStep=1, format="d", domain=False, ticks=False, labelColor=MUTED, gridColor=WASH, gridDash=[]
    )  # fmt: skip


def _labels() -> alt.Axis:
    return alt.Axis(title=None, ticks=False, domainColor=MUTED, labelColor=INK, labelLimit=120)
