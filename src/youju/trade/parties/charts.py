"""Chart definitions of the parties room: one figure for each part of a whole, as bars that open their rows.

Pure: plain data in, a Vega-Lite definition (Altair) out, drawn on page and paper by ``foundation.documents.pictures``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK

WIDE, NARROW = 480, 330
"""Widths of a whole picture in pixels: half a desk screen, and a telephone."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its figure, the page that it opens."""

    label: str
    count: int
    href: str


def bars(
    rows: Sequence[Bar], *, title: str, unit: str = "户", width: int = WIDE
) -> alt.LayerChart | alt.FacetChart:
    """Bars in the order given; each bar and its figure open ``href``. Room to the right of the longest for its figure."""
    data: list[dict[str, Any]] = [
        {"label": row.label, "count": row.count, "printed": f"{row.count:,}", "href": row.href}
        for row in rows
    ]
    most = max((row.count for row in rows), default=1) or 1
    labels = 110 if width <= NARROW else 150
    y = alt.Y(
        "label:N",
        sort=[row.label for row in rows],
        axis=alt.Axis(title=None, labelLimit=labels, labelPadding=8, ticks=False, domain=False),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
    )
    x = alt.X("count:Q", axis=None, scale=alt.Scale(domain=[0, most * 1.25], nice=False))
    base = alt.Chart(alt.InlineData(values=data)).encode(y=y, x=x, href=alt.Href("href:N"))
    chart = alt.layer(
        base.mark_bar(color=INK, height=14).encode(description="label:N"),
        base.mark_text(align="left", dx=5).encode(text="printed:N"),
    )
    words = "，".join(f"{row.label} {row.count:,} {unit}" for row in rows)
    return chart.properties(width=width - labels - 20, height=alt.Step(26), description=f"{title}：{words}")
