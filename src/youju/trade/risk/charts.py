"""Chart definitions of risk, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
_REST = "#b9c0cf"
_ROW = 22


def by_month(months: Sequence[tuple[str, int, int]], *, width: int = WIDE) -> alt.Chart:
    """Hits of each month, the confirmed ones dark."""
    data = [
        {"month": month, "part": part, "value": value, "order": order}
        for month, found, confirmed in months
        for order, (part, value) in enumerate((("属实", confirmed), ("其余", found - confirmed)))
    ]
    told = "，".join(f"{month} {found} 条" for month, found, _ in months)
    axis = alt.Axis(title=None, ticks=False, labelColor=MUTED, labelAngle=-60 if width < _TIGHT else 0)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            x=alt.X("month:N", axis=axis),
            y=alt.Y("value:Q", stack="zero", axis=_quantity("条")),
            color=_colours(),
            order="order:Q",
        )
        .properties(width=width - 80, height=180, description=f"各月的预警：{told}")
    )
    return chart


def by_rule(rules: Sequence[tuple[str, int, int]], *, width: int = WIDE) -> alt.Chart:
    """Hits of each rule, the confirmed ones dark."""
    data = [
        {"rule": rule, "part": part, "value": value, "order": order}
        for rule, found, confirmed in rules
        for order, (part, value) in enumerate((("属实", confirmed), ("其余", found - confirmed)))
    ]
    told = "，".join(f"{rule} {found} 条" for rule, found, _ in rules)
    narrow = width < _TIGHT
    axis = alt.Axis(title=None, ticks=False, labelColor=INK, labelLimit=110 if narrow else 260)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            y=alt.Y("rule:N", sort=[rule for rule, _, _ in rules], axis=axis),
            x=alt.X("value:Q", stack="zero", axis=_quantity("条")),
            color=_colours(),
            order="order:Q",
        )
        .properties(
            width=width - (150 if narrow else 300),
            height=_ROW * max(len(rules), 1),
            description=f"各规则的预警：{told}",
        )
    )
    return chart


_TIGHT = 500


def _quantity(title: str) -> alt.Axis:
    return alt.Axis(title=title, tickCount=4, gridColor=WASH, gridDash=[], domain=False, format="d")


def _colours() -> alt.Color:
    return alt.Color(
        "part:N",
        scale=alt.Scale(domain=["属实", "其余"], range=[INK, _REST]),
        legend=alt.Legend(title=None, orient="top"),
    )
