"""Chart definitions of back-tests. Pure: plain data in, a Vega-Lite definition (Altair) out; money in 万元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, SEAL, WASH

WIDE, NARROW = 1000, 330
_WAN = Decimal(10_000)


def wan(amount: object) -> float:
    """CNY as text → 万元 for drawing."""
    return float(Decimal(str(amount)) / _WAN)


def histogram(bins: Sequence[tuple[str, int]], *, width: int = WIDE) -> alt.LayerChart | alt.FacetChart:
    """How many parties get how much: a bar for each step."""
    data = [
        {"label": label, "parties": parties, "printed": str(parties) if parties else ""}
        for label, parties in bins
    ]
    axis = alt.Axis(title="每户所得（万元）", labelAngle=0, labelOverlap=True, ticks=False, domainColor=MUTED)
    x = alt.X("label:N", sort=[label for label, _ in bins], axis=axis, scale=alt.Scale(paddingInner=0.15))
    y = alt.Y(
        "parties:Q", axis=alt.Axis(title="户数", tickCount=4, domain=False, ticks=False, gridColor=WASH)
    )
    base = alt.Chart(alt.InlineData(values=data)).encode(x=x)
    told = "，".join(f"{label} 万元 {parties} 户" for label, parties in bins)
    return alt.layer(
        base.mark_bar(color=INK).encode(y=y),
        base.mark_text(dy=-8, color=INK).encode(y="parties:Q", text="printed:N"),
    ).properties(width=width - 80, height=210, description=f"每户所得的分布：{told}")


def lorenz(
    points: Sequence[tuple[str, str]], gini: str, *, width: int = WIDE
) -> alt.LayerChart | alt.FacetChart:
    """The Lorenz curve against the line of equal shares."""
    data = [{"parties": float(x) * 100, "money": float(y) * 100} for x, y in points]
    x = alt.X(
        "parties:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title="户数累计（%，由少到多）", tickCount=5),
    )
    y = alt.Y("money:Q", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(title="金额累计（%）", tickCount=5))
    side = min(width - 80, 300)
    return alt.layer(
        alt.Chart(alt.InlineData(values=[{"parties": 0, "money": 0}, {"parties": 100, "money": 100}]))
        .mark_line(color=MUTED, strokeDash=[4, 4]).encode(x=x, y=y),
        alt.Chart(alt.InlineData(values=data)).mark_line(color=INK, strokeWidth=2.5).encode(x="parties:Q", y="money:Q"),
    ).properties(width=side, height=side, description=f"洛伦兹曲线，基尼系数 {gini}")  # fmt: skip


def spending(
    curve: Sequence[tuple[str, str]], budget: str, runs_out: str | None, *, width: int = WIDE
) -> alt.LayerChart | alt.FacetChart:
    """What the policy had cost by each day, the budget across it, and the day on which it is used up."""
    costs = [wan(cost) for _, cost in curve]
    data = [{"day": day, "cost": cost} for (day, _), cost in zip(curve, costs, strict=True)]
    limit = wan(budget)
    x = alt.X(
        "day:T", axis=alt.Axis(title=None, format="%-m月", tickCount=6 if width < 500 else 12, grid=False)
    )
    y = alt.Y(
        "cost:Q", axis=alt.Axis(title="累计（万元）", tickCount=4, domain=False, ticks=False, gridColor=WASH)
    )
    layers = [
        alt.Chart(alt.InlineData(values=data))
        .mark_line(color=INK, strokeWidth=2.5, interpolate="step-after")
        .encode(x=x, y=y)
    ]
    most = max(costs, default=0.0)
    if limit <= most * 2:
        layers.append(
            alt.Chart(alt.InlineData(values=[{"cost": limit}]))
            .mark_rule(color=MUTED, strokeDash=[5, 4])
            .encode(y="cost:Q")
        )
    if runs_out:
        spot = [{"day": runs_out, "cost": limit, "told": f"{runs_out} 用完"}]
        point = alt.Chart(alt.InlineData(values=spot)).encode(x="day:T", y="cost:Q")
        layers += [
            point.mark_point(color=SEAL, filled=True, size=70),
            point.mark_text(color=SEAL, dy=-12, align="right", dx=-6).encode(text="told:N"),
        ]
    told = f"预算 {limit:,.2f} 万元，" + (f"{runs_out} 用完" if runs_out else "没有用完")
    return alt.layer(*layers).properties(width=width - 90, height=220, description=f"补贴逐日累计：{told}")
