"""Chart definitions of a year of events. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
Bar = tuple[str, float, str]
"""A bar: its label, its value, what is printed beside it."""
_SMALL = 500


def months(bars: Sequence[Bar], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """Twelve months as bars, the figure above each where there is room."""
    narrow = width < _SMALL
    data = [{"label": label, "value": value, "printed": printed} for label, value, printed in bars]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X(
            "label:N",
            sort=[label for label, _, _ in bars],
            axis=alt.Axis(title=None, labelAngle=0, labelOverlap=True, ticks=False, domainColor=MUTED),
            scale=alt.Scale(paddingInner=0.35),
        )
    )
    axis = alt.Axis(title=None, tickCount=4, domain=False, ticks=False, labelColor=MUTED, gridColor=WASH)
    layers: list[Any] = [base.mark_bar(color=INK).encode(y=alt.Y("value:Q", axis=axis))]
    if not narrow:
        layers.append(base.mark_text(dy=-8, color=INK).encode(y="value:Q", text="printed:N"))
    words = "，".join(f"{label} {printed}" for label, _, printed in bars if printed)
    return alt.layer(*layers).properties(
        width=width - 70, height=200, description=f"{title}：{words or '没有'}"
    )


def ranked(bars: Sequence[Bar], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """Bars in the order given, the figure beside each; on a telephone the label stands above."""
    narrow = width < _SMALL
    data = [{"label": label, "value": value, "printed": printed} for label, value, printed in bars]
    most = max((value for _, value, _ in bars), default=0) or 1
    axis = None if narrow else alt.Axis(title=None, labelLimit=200, labelPadding=8, ticks=False, domain=False)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y(
            "label:N", sort=[label for label, _, _ in bars], axis=axis, scale=alt.Scale(paddingInner=0.32)
        )
    )
    shift = 9 if narrow else 0
    scale = alt.Scale(domain=[0, most * (1.6 if narrow else 1.32)], nice=False)
    layers: list[Any] = [
        base.mark_bar(color=INK, yOffset=shift, height=12 if narrow else 15).encode(
            x=alt.X("value:Q", axis=None, scale=scale)
        ),
        base.mark_text(align="left", dx=6, dy=shift, color=INK).encode(x="value:Q", text="printed:N"),
    ]
    if narrow:
        layers.append(base.mark_text(align="left", x=0, dy=-9, color=INK).encode(text="label:N"))
    words = "，".join(f"{label} {printed}" for label, _, printed in bars)
    return alt.layer(*layers).properties(
        width=width - (10 if narrow else 230),
        height=alt.Step(44 if narrow else 27),
        description=f"{title}：{words}",
    )
