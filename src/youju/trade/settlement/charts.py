"""The ageing as a picture. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
_LATE = "#a8322a"


def ageing(bands: Sequence[tuple[str, float, bool]], *, width: int = WIDE, height: int = 220) -> alt.Chart:
    """What is still to come by how long it has waited: (label, 万元, whether it is late)."""
    data = [{"band": label, "left": left, "late": late} for label, left, late in bands]
    x = alt.X(
        "band:N",
        sort=[label for label, _, _ in bands],
        axis=alt.Axis(
            title=None, labelAngle=0 if width == WIDE else -45, ticks=False, labelColor=INK, domainColor=MUTED
        ),
        scale=alt.Scale(paddingInner=0.4),
    )
    axis = alt.Axis(
        title=None, tickCount=4, format="~s", domain=False, ticks=False, labelColor=MUTED, gridColor=WASH
    )
    words = "，".join(f"{label} {left:,.2f}" for label, left, _ in bands)
    drawn: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            x=x,
            y=alt.Y("left:Q", axis=axis),
            color=alt.condition("datum.late", alt.value(_LATE), alt.value(INK)),
        )
        .properties(width=width - 70, height=height, description=f"未收汇账龄（万元）：{words}")
    )
    return drawn
