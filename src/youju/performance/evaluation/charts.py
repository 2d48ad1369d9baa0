"""Chart definitions of evaluations, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, SEAL

WIDE, NARROW, PAPER_WIDTH = 1020, 340, 640
"""Widths of a whole picture in pixels: a desk screen, a telephone, a page."""
_SMALL, _FULL = 500, 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, its value of 100, what is printed beside it, whether it falls short."""

    label: str
    value: float
    printed: str
    low: bool = False


def shares(bars: Sequence[Bar], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """Bars up to 100 in the order given, the figure beside each; on a telephone the label stands above."""
    narrow = width < _SMALL
    order = [f"{place}. {bar.label}" for place, bar in enumerate(bars, 1)]
    data = [
        {"label": name, "value": bar.value, "printed": bar.printed, "low": bar.low}
        for name, bar in zip(order, bars, strict=True)
    ]
    left = 0 if narrow else min(330, width // 3)
    axis = (
        None if narrow else alt.Axis(title=None, labelLimit=left, labelPadding=8, ticks=False, domain=False)
    )
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y("label:N", sort=order, axis=axis, scale=alt.Scale(paddingInner=0.32))
    )
    shift = 9 if narrow else 0
    scale = alt.Scale(domain=[0, _FULL * 1.25], nice=False)
    colour = alt.condition("datum.low", alt.value(SEAL), alt.value(INK))
    x = alt.X("value:Q", axis=None, scale=scale)
    layers: list[Any] = [
        base.mark_bar(yOffset=shift, height=12 if narrow else 15).encode(x=x, color=colour),
        base.mark_text(align="left", dx=6, dy=shift, color=INK).encode(x="value:Q", text="printed:N"),
    ]
    if narrow:
        layers.append(
            base.mark_text(align="left", x=0, dy=-9, color=MUTED, limit=width - 10).encode(text="label:N")
        )
    words = "，".join(f"{bar.label} {bar.printed}" for bar in bars)
    return alt.layer(*layers).properties(
        width=width - left - 20, height=alt.Step(44 if narrow else 27), description=f"{title}：{words}"
    )
