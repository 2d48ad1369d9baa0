"""Chart definitions of a round. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH
from youju.rules.performance.monitoring.colours import BLUE, COLOURS, GREEN, RED, YELLOW

WIDE, NARROW = 500, 330
"""Widths of a whole picture in pixels: half a desk screen, and a telephone."""
PAINTS = {GREEN: "#4a8f5c", BLUE: "#3a6ea5", YELLOW: "#c9a227", RED: "#c8321f", "": "#aeb6c6"}
NO_COLOUR = "无从比较"
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A project's bar: its number and name, a rate in per cent (``None``: none), its colour."""

    number: int
    name: str
    rate: float | None
    colour: str


def progress(
    bars: Sequence[Bar], *, title: str, line: float | None = None, width: int = WIDE
) -> alt.LayerChart | alt.FacetChart:
    """A bar a project in its colour, the rate beside it; ``line`` marks progress in proportion to time."""
    data = [
        {
            "label": f"{each.number}. {_short(each.name)}",
            "rate": each.rate,
            "colour": COLOURS.get(each.colour, NO_COLOUR),
            "told": "—" if each.rate is None else f"{each.rate:.1f}%",
        }
        for each in bars
    ]
    words = "，".join(f"{each['label']} {each['told']} {each['colour']}" for each in data)
    domain = [*COLOURS.values(), NO_COLOUR]
    order = [str(each["label"]) for each in data]
    base = alt.Chart(alt.InlineData(values=data)).encode(
        y=alt.Y(
            "label:N",
            sort=order,
            axis=alt.Axis(title=None, ticks=False, domainColor=MUTED, labelColor=INK, labelLimit=170),
        )
    )
    axis = alt.Axis(
        title=None, format="d", tickCount=5, domain=False, ticks=False, labelColor=MUTED, gridColor=WASH, gridDash=[]
    )  # fmt: skip
    most = max([100.0, *(each.rate for each in bars if each.rate is not None)])
    x = alt.X("rate:Q", axis=axis, scale=alt.Scale(domain=[0, most * 1.12]))
    legend = alt.Legend(orient="bottom", title=None, symbolType="square")
    painted = alt.Color(
        "colour:N", scale=alt.Scale(domain=domain, range=list(PAINTS.values())), legend=legend
    )
    drawn = [
        base.mark_bar(height=14).encode(x=x, color=painted),
        base.mark_text(align="left", dx=5, color=INK).encode(x=x, text="told:N"),
    ]
    if line is not None:
        rule = alt.Chart(alt.InlineData(values=[{"rate": line}]))
        drawn.append(rule.mark_rule(color=INK, strokeDash=[4, 3]).encode(x=x))
    return alt.layer(*drawn).properties(
        width=width - 190, height=26 * max(len(bars), 1), description=f"{title}：{words}"
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def charts_of(
    context: Mapping[str, Any], width: int = WIDE
) -> list[tuple[str, alt.LayerChart | alt.FacetChart]]:
    """Caption and definition of both pictures of a round's plain data: execution against time, targets against the year's."""
    execution, targets = captions(context)
    spent = [_bar(each, "rate", "colour") for each in context["projects"]]
    reached = [_bar(each, "reached", "targets_colour") for each in context["projects"]]
    return [
        (execution, progress(spent, title=execution, line=float(context["time"]), width=width)),
        (targets, progress(reached, title=targets, width=width)),
    ]


def captions(context: Mapping[str, Any]) -> tuple[str, str]:
    """What both pictures show."""
    until = f"1—{context['month']} 月"
    return f"{until}预算执行率（虚线是序时进度）", f"{until}目标完成程度（颜色按全年预计）"


def _bar(each: Mapping[str, Any], name: str, colour: str) -> Bar:
    text = str(each[name]).rstrip("%")
    return Bar(each["place"], each["name"], float(text) if text else None, each[colour])
