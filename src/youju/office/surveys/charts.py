"""Chart definitions of results, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
_GOLD = "#b08d3c"
_STEPS = ("#a8482c", "#d8a488", "#c9ccd3", "#8397ba", "#1d2b45")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mean with its interval (0-100), and the survey's before; ``None`` where there is none."""

    label: str
    n: int
    mean: float
    low: float | None
    high: float | None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Per cent of each of the five steps of a question, worst first."""

    label: str
    shares: tuple[float, ...]


def means(marks: Sequence[Mark], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """A point for each mean on a line for its interval; the survey before as a hollow diamond."""
    data = [
        {"label": m.label, "mean": m.mean, "low": m.low, "high": m.high, "before": m.before,
         "told": f"{m.mean:.1f}（n={m.n}）"} for m in marks
    ]  # fmt: skip
    order = [m.label for m in marks]
    axis = alt.Axis(
        title=None, labelLimit=150 if width > 500 else 96, domain=False, ticks=False, labelColor=INK
    )
    y = alt.Y("label:N", sort=order, axis=axis)
    lowest = min([m.low if m.low is not None else m.mean for m in marks] + [m.before or 100 for m in marks])
    scale = alt.Scale(domain=[max(0, min(60, int(lowest // 10) * 10)), 100], nice=False)
    x_axis = alt.Axis(
        title=None, tickCount=5, domain=False, ticks=False, labelColor=MUTED, gridColor=WASH, gridDash=[]
    )
    base = alt.Chart(alt.InlineData(values=data)).encode(y=y)
    span = (
        base.transform_filter("datum.low !== null")
        .mark_rule(color=INK, strokeWidth=2)
        .encode(x=alt.X("low:Q", scale=scale, axis=x_axis), x2="high:Q")
    )
    point = base.mark_point(color=INK, filled=True, size=90, opacity=1).encode(
        x=alt.X("mean:Q", scale=scale, axis=x_axis)
    )
    word = base.mark_text(color=INK, dy=-13, fontSize=12).encode(
        x=alt.X("mean:Q", scale=scale, axis=x_axis), text="told:N"
    )
    before = (
        base.transform_filter("datum.before !== null")
        .mark_point(color=_GOLD, shape="diamond", size=80, strokeWidth=2)
        .encode(x=alt.X("before:Q", scale=scale, axis=x_axis))
    )
    words = "，".join(f"{m.label} {m.mean:.1f}" for m in marks)
    return alt.layer(span, before, point, word).properties(
        width=width - (190 if width > 500 else 130), height=52 * len(marks), description=f"{title}：{words}"
    )


def distribution(rows: Sequence[Shares], words: Sequence[str], *, title: str, width: int = WIDE) -> alt.Chart:
    """A bar of five parts for each question, worst at the left."""
    order = [row.label for row in rows]
    data = [
        {"label": row.label, "step": word, "place": place, "share": share}
        for row in rows
        for place, (word, share) in enumerate(zip(words, row.shares, strict=True))
    ]
    axis = alt.Axis(
        title=None, labelLimit=220 if width > 500 else 96, domain=False, ticks=False, labelColor=INK
    )
    legend = alt.Legend(title=None, orient="top", columns=5 if width > 500 else 3)
    told = "，".join(f"{row.label} 满意 {sum(row.shares[3:]):.0f}%" for row in rows)
    drawn: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(height=18)
        .encode(
            y=alt.Y("label:N", sort=order, axis=axis),
            x=alt.X(
                "share:Q",
                stack="zero",
                scale=alt.Scale(domain=[0, 100], nice=False),
                axis=alt.Axis(title=None, tickCount=5, format=".0f", domain=False, ticks=False, labelColor=MUTED, grid=False),
            ),
            color=alt.Color("step:N", sort=list(words), scale=alt.Scale(domain=list(words), range=list(_STEPS)), legend=legend),
            order=alt.Order("place:Q"),
        )
        .properties(
            width=width - (260 if width > 500 else 130), height=30 * len(rows), description=f"{title}：{told}"
        )
    )  # fmt: skip
    return drawn
