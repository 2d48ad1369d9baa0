"""Pictures of credit, for page and paper. Pure: plain data in, a Vega-Lite definition (Altair) out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, WASH

WIDE, NARROW = 1020, 340
TONES = ("#2f6b4f", "#3d5a80", "#b7791f", "#a8323e", MUTED)
"""Colours of grades from the best to the worst."""
_SLIM = 500


def months_by_grade(
    months: Sequence[tuple[str, Mapping[str, int]]], grades: Sequence[str], *, width: int = WIDE
) -> alt.Chart:
    """Parties by grade, one bar a month."""
    data = [
        {"month": month, "grade": grade, "count": counts.get(grade, 0), "order": order}
        for month, counts in months
        for order, grade in enumerate(grades)
    ]
    told = "；".join(
        f"{month} " + "，".join(f"{grade} {counts.get(grade, 0)} 户" for grade in grades)
        for month, counts in months
    )
    scale = alt.Scale(domain=list(grades), range=list(TONES[: len(grades)]))
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar()
        .encode(
            x=alt.X(
                "month:N",
                axis=alt.Axis(title=None, labelAngle=-45 if width < _SLIM else 0, ticks=False, labelColor=INK, domainColor=MUTED),
                scale=alt.Scale(paddingInner=0.4),
            ),
            y=alt.Y("count:Q", stack="zero", axis=alt.Axis(title="户", tickCount=4, gridColor=WASH, gridDash=[], domain=False)),
            color=alt.Color("grade:N", scale=scale, legend=alt.Legend(title=None, orient="top")),
            order="order:Q",
        )
        .properties(width=width - 80, height=220, description=f"各月各等级户数：{told}")
    )  # fmt: skip
    return chart


def history(points: Sequence[tuple[str, float]], most: float, *, width: int = WIDE) -> alt.LayerChart:
    """A party's points month by month as a line."""
    data = [{"month": month, "points": value} for month, value in points]
    told = "，".join(f"{month} {value:.2f} 分" for month, value in points)
    base = alt.Chart(alt.InlineData(values=data)).encode(
        x=alt.X(
            "month:N",
            axis=alt.Axis(title=None, labelAngle=-45 if width < _SLIM else 0, ticks=False, labelColor=INK, domainColor=MUTED),
        ),
        y=alt.Y(
            "points:Q", scale=alt.Scale(domain=[0, most]),
            axis=alt.Axis(title="分", tickCount=5, gridColor=WASH, gridDash=[], domain=False),
        ),
    )  # fmt: skip
    chart: alt.LayerChart = (
        base.mark_line(color=INK) + base.mark_point(color=INK, filled=True, size=50)
    ).properties(width=width - 80, height=200, description=f"历次得分：{told}")
    return chart


def spread(bins: Sequence[tuple[str, int]], *, width: int = WIDE) -> alt.Chart:
    """Parties by points, in steps of ten."""
    data = [{"label": label, "count": count} for label, count in bins]
    told = "，".join(f"{label} 分 {count} 户" for label, count in bins)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=data))
        .mark_bar(color=INK)
        .encode(
            x=alt.X(
                "label:N",
                sort=[label for label, _ in bins],
                axis=alt.Axis(
                    title="分",
                    labelAngle=-45 if width < _SLIM else 0,
                    ticks=False,
                    labelColor=INK,
                    domainColor=MUTED,
                ),
            ),
            y=alt.Y(
                "count:Q", axis=alt.Axis(title="户", tickCount=4, gridColor=WASH, gridDash=[], domain=False)
            ),
        )
        .properties(width=width - 80, height=200, description=f"得分分布：{told}")
    )
    return chart


def before_after(
    before: Mapping[str, int], after: Mapping[str, int], grades: Sequence[str], *, width: int = WIDE
) -> alt.Chart:
    """Parties by grade under the policy in force and under the one that is tried."""
    return months_by_grade([("现行", before), ("试算", after)], grades, width=width)
