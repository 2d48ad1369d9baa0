"""Chart definitions of statistics, for page, screen and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
"""Widths of a whole picture in pixels: a desk screen, and a telephone."""
BEFORE = "#b08d3c"
"""The year before: old gold, apart from the ink of this year in lightness as well."""


@dataclass(frozen=True, slots=True)
class Point:
    """One month: its label, this year's and last year's value in 万元 (``None`` where there was none), the page of its rows."""

    label: str
    value: float
    before: float | None
    printed: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, value in 万元, what is printed beside it, the page of its rows."""

    label: str
    value: float
    printed: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture; the screen in the hall is dark."""

    ink: str = INK
    text: str = INK
    quiet: str = MUTED
    wash: str = WASH
    before: str = BEFORE
    size: int = 12


PAPER = Look()
HALL = Look(ink="#6fa8ff", text="#f3efe4", quiet="#b9c3d6", wash="#24344f", before="#e3b95c", size=18)


def months(
    points: Sequence[Point], *, title: str, width: int = WIDE, height: int = 230, look: Look = PAPER
) -> alt.LayerChart | alt.FacetChart:
    """This year's months as bars, last year's as dashes across them; each bar opens its rows."""
    data = [
        {"label": p.label, "value": p.value, "before": p.before, "printed": p.printed, "href": p.href or None}
        for p in points
    ]
    narrow = width < 500
    axis = alt.Axis(
        title=None, labelAngle=0, labelOverlap=True, ticks=False, labelColor=look.text, labelFontSize=look.size,
        domainColor=look.quiet,
    )  # fmt: skip
    x = alt.X("label:N", sort=[p.label for p in points], axis=axis, scale=alt.Scale(paddingInner=0.35))
    y_axis = alt.Axis(
        title=None, tickCount=4, format="~s" if narrow else ",.0f", domain=False, ticks=False, labelColor=look.quiet,
        labelFontSize=look.size, gridColor=look.wash, gridDash=[],
    )  # fmt: skip
    base = alt.Chart(alt.InlineData(values=data)).encode(x=x)
    links: dict[str, Any] = {"href": alt.Href("href:N")} if any(p.href for p in points) else {}
    layers: list[Any] = [
        base.mark_bar(color=look.ink).encode(y=alt.Y("value:Q", axis=y_axis), description="label:N", **links)
    ]
    if any(p.before is not None for p in points):
        layers.append(
            base.transform_filter("datum.before !== null")
            .mark_tick(color=look.before, thickness=3, orient="horizontal", size=14 if narrow else 34)
            .encode(y="before:Q")
        )
    if not narrow:
        layers.append(
            base.mark_text(dy=-8, color=look.text, fontSize=look.size - 1).encode(
                y="value:Q", text="printed:N"
            )
        )
    words = "，".join(f"{p.label} {p.printed}" for p in points)
    return alt.layer(*layers).properties(
        width=width - 70, height=height, description=f"{title}（万元）：{words}"
    )


def ranked(
    bars: Sequence[Bar], *, title: str, width: int = WIDE, step: int = 27, look: Look = PAPER
) -> alt.LayerChart | alt.FacetChart:
    """Bars in the order given, the figure beside each; each opens its rows. On a telephone the label stands above."""
    narrow = width < 500
    data = [
        {"label": f"{place}. {b.label}", "value": b.value, "printed": b.printed, "href": b.href or None}
        for place, b in enumerate(bars, 1)
    ]
    most = max((b.value for b in bars), default=0) or 1
    y = alt.Y(
        "label:N",
        sort=[str(each["label"]) for each in data],
        axis=None
        if narrow
        else alt.Axis(
            title=None, labelLimit=230, labelPadding=8, ticks=False, domain=False, labelColor=look.text,
            labelFontSize=look.size,
        ),
        scale=alt.Scale(paddingInner=0.32, paddingOuter=0.15),
    )  # fmt: skip
    links: dict[str, Any] = {"href": alt.Href("href:N")} if any(b.href for b in bars) else {}
    base = alt.Chart(alt.InlineData(values=data)).encode(y=y, **links)
    shift = 9 if narrow else 0
    scale = alt.Scale(domain=[0, most * (1.6 if narrow else 1.32)], nice=False)
    layers: list[Any] = [
        base.mark_bar(color=look.ink, yOffset=shift, height=12 if narrow else step * 0.56).encode(
            x=alt.X("value:Q", axis=None, scale=scale), description="label:N"
        ),
        base.mark_text(align="left", dx=6, dy=shift, color=look.text, fontSize=look.size).encode(
            x="value:Q", text="printed:N"
        ),
    ]
    if narrow:
        layers.append(base.mark_text(align="left", x=0, dy=-9, color=look.text).encode(text="label:N"))
    words = "，".join(f"{b.label} {b.printed}" for b in bars)
    return alt.layer(*layers).properties(
        width=width - (10 if narrow else 260),
        height=alt.Step(44 if narrow else step),
        description=f"{title}：{words}",
    )
