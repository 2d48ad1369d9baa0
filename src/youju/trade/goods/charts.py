"""Chart definitions of recognition: how many goods by rule, merchant or change. Pure; the table behind travels with the chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK

WIDE, NARROW = 720, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
_NARROW_BELOW = 500
_LABEL = 26

Bar = tuple[str, int, str]
"""Label, count, and the address that the bar opens (may be empty)."""


def bar_chart(rows: Sequence[Bar], *, title: str, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """Counts side by side in the order given; ``title`` is for who cannot see it.

    On a telephone the label stands above its bar.
    """
    narrow = width < _NARROW_BELOW
    data: list[dict[str, Any]] = [
        {"label": f"{place}. {_short(label)}", "count": count, "href": href or None}
        for place, (label, count, href) in enumerate(rows, 1)
    ]
    most = max((count for _, count, _ in rows), default=1) or 1
    y = alt.Y(
        "label:N",
        sort=[each["label"] for each in data],
        axis=None
        if narrow
        else alt.Axis(title=None, labelLimit=330, labelPadding=8, ticks=False, domain=False),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
    )
    links: dict[str, Any] = {"href": alt.Href("href:N")} if any(href for _, _, href in rows) else {}
    base = alt.Chart(alt.InlineData(values=data)).encode(y=y, **links)
    shift = 9 if narrow else 0
    scale = alt.Scale(domain=[0, most * (1.3 if narrow else 1.12)], nice=False)
    layers = [
        base.mark_bar(color=INK, height=13 if narrow else 15, yOffset=shift).encode(
            x=alt.X("count:Q", axis=None, scale=scale), description="label:N"
        ),
        base.mark_text(align="left", dx=5, dy=shift).encode(x="count:Q", text="count:Q"),
    ]
    if narrow:
        layers.append(base.mark_text(align="left", x=0, dy=-9).encode(text="label:N"))
    return alt.layer(*layers).properties(
        width=width - (10 if narrow else 285),
        height=alt.Step(44 if narrow else 27),
        description=f"{title}，共 {len(rows)} 项",
    )


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
