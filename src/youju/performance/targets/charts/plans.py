"""Cumulative spending plans against 序时进度, the share of the year gone by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK, MUTED, SEAL
from youju.performance.targets.charts.parts import WIDE, AnyChart, is_narrow, number, short_label, with_table

MONTHS = 12
_BEHIND = alt.condition("datum.behind", alt.value(SEAL), alt.value(INK))
_KEY = ("实线：累计支出计划", "虚线：序时进度（月数÷12）", "红点：落后于序时进度")


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """Spending planned up to the end of a month (1–12), cumulative; ``None`` where the cell is blank."""

    month: int
    amount: str | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One small picture of :func:`plans_overview`."""

    number: int
    name: str
    budget: str | None
    points: tuple[PlanPoint, ...]


def plan_points(plan: Mapping[str, str | None]) -> tuple[PlanPoint, ...]:
    """The points of ``Project.plan`` (``{"03": "5.00", "06": None, …}``), in the order of the months."""
    return tuple(PlanPoint(int(month), plan[month]) for month in sorted(plan))


def plan_chart(
    points: Sequence[PlanPoint], budget: str | None, *, width: int = WIDE, unit: str = "万元", name: str = ""
) -> AnyChart:
    """A cumulative plan against 序时进度 (budget × month / 12); points behind it are red, blanks break the line."""
    drawn = plan_rows(points, budget)
    known = [row for row in drawn if row["amount"] is not None]
    whole = number(budget)
    top = max([row["amount"] for row in known] + [float(whole or 0)]) or 1.0
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, MONTHS + 0.6], nice=False),
        axis=alt.Axis(
            title=None, values=[point.month for point in points], labelExpr="datum.value + '月底'", grid=False
        ),
    )
    y = alt.Y(
        "amount:Q",
        scale=alt.Scale(domain=[0, top * 1.2], nice=False),
        axis=alt.Axis(
            title=unit, titleAngle=0, titleAlign="right", titleX=-4, titleY=-8, tickCount=4, format="~r"
        ),
    )

    def layer(values: list[dict[str, Any]]) -> alt.Chart:
        return alt.Chart(alt.InlineData(values=values)).encode(x=x, y=y)

    layers = []
    if whole is not None:
        pace = [{"month": 0, "amount": 0.0}, {"month": MONTHS, "amount": float(whole)}]
        layers.append(layer(pace).mark_line(color=MUTED, strokeDash=[5, 4], strokeWidth=1.5))
    origin = [{"month": 0, "amount": 0.0, "run": 0}]
    layers.append(layer(origin + known).mark_line(color=INK, strokeWidth=2).encode(detail="run:N"))
    layers.append(
        layer(known).mark_point(filled=True, size=60, opacity=1).encode(color=_BEHIND, description="words:N")
    )
    # A point behind the pace has the line above it: its figure goes below.
    above, below = ([row for row in known if row["behind"] is late] for late in (False, True))
    layers.append(layer(above).mark_text(dy=-13).encode(text="printed:N"))
    layers.append(layer(below).mark_text(dy=14, dx=6, color=SEAL).encode(text="printed:N"))
    blanks = [{**row, "amount": 0.0} for row in drawn if row["amount"] is None]
    layers.append(layer(blanks).mark_text(dy=-9, color=MUTED).encode(text=alt.value("未填")))
    title = "资金支出计划与序时进度"
    narrow = is_narrow(width)
    subtitle = list(_KEY) if narrow else "　".join(_KEY)
    chart = alt.layer(*layers).properties(
        width=width - 60,
        height=190 if narrow else 220,
        title=alt.TitleParams(title, subtitle=subtitle),
        description=f"{name}{title}：" + "，".join(str(row["words"]) for row in drawn),
    )
    table = [[row["when"], row["printed"] if row["amount"] is not None else "", row["pace"]] for row in drawn]
    return with_table(chart, ["截至", f"累计支出计划（{unit}）", f"序时进度（{unit}）"], table)


def plans_overview(rows: Sequence[PlanRow], *, width: int = WIDE, unit: str = "万元") -> AnyChart:
    """All plans side by side, each as a share of its own budget, so that large and small compare at a glance.

    A project without a budget, or with a budget of zero, has no share: it stands in the table only.
    """
    narrow = is_narrow(width)
    columns = 2 if narrow else 4
    cell = (width - 60 - 22 * (columns - 1)) // columns
    data: list[dict[str, Any]] = []
    for row in rows:
        data += _panel(f"{row.number}. {short_label(row.name, cell // 6 - 4)}", row)
    panels = list(dict.fromkeys(row["panel"] for row in data))
    months = sorted({point.month for row in rows for point in row.points})
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, MONTHS + 0.5], nice=False),
        axis=alt.Axis(
            title=None,
            values=months,
            grid=False,
            labelOverlap=False,
            # On a telephone 10 and 12 would run into one another.
            labelExpr="datum.value == 10 ? '' : datum.label + '月'" if narrow else "datum.label",
        ),
    )
    shares = alt.Axis(title=None, values=[0, 0.5, 1], format="%")
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1.08], clamp=True, nice=False), axis=shares)
    base = alt.Chart().encode(x=x, y=y)
    pace = base.transform_filter("datum.line == 'pace'").mark_line(
        color=MUTED, strokeDash=[4, 3], strokeWidth=1
    )
    plan = base.transform_filter("datum.line != 'pace'").mark_line(color=INK).encode(detail="line:N")
    dots = base.transform_filter("datum.line != 'pace' && datum.month > 0").mark_point(
        filled=True, size=22, opacity=1
    )
    title = "各项目支出计划占预算数的比例"
    chart = (
        alt.layer(pace, plan, dots.encode(color=_BEHIND), data=alt.InlineData(values=data))
        .properties(width=cell, height=70)
        .facet(
            alt.Facet("panel:N", sort=panels, header=alt.Header(title=None, labelLimit=cell + 20)),
            columns=columns,
        )
        .properties(
            title=alt.TitleParams(title, subtitle=list(_KEY) if narrow else "　".join(_KEY)),
            description=f"{title}与序时进度，共 {len(rows)} 个项目",
        )
    )
    heads = ["序号", "项目名称", f"预算数（{unit}）", *(f"{month}月底" for month in months)]
    table = []
    for row in rows:
        planned = {point.month: point.amount or "" for point in row.points}
        table.append(
            [str(row.number), row.name, row.budget or "", *(planned.get(month, "") for month in months)]
        )
    return with_table(chart, heads, table)


def plan_rows(points: Sequence[PlanPoint], budget: str | None) -> list[dict[str, Any]]:
    """The points with what is drawn of each; ``run`` counts stretches without a blank, each a line of its own."""
    whole, run, rows = number(budget), 0, []
    for point in points:
        amount = number(point.amount)
        pace = whole * point.month / MONTHS if whole is not None else None
        run += amount is None
        rows.append(
            {
                "month": point.month,
                "when": f"{point.month}月底",
                "amount": None if amount is None else float(amount),
                "printed": point.amount or "未填",
                "pace": "" if pace is None else f"{pace:.2f}",
                "behind": amount is not None and pace is not None and amount < pace,
                "words": f"{point.month}月底{point.amount or '未填'}",
                "run": run,
            }
        )
    return rows


def _panel(panel: str, row: PlanRow) -> list[dict[str, Any]]:
    """The data of one small picture: pace, origin, points as shares of the budget."""
    whole = number(row.budget)
    if not whole:
        return []
    pace = [
        {"panel": panel, "month": month, "share": month / MONTHS, "line": "pace"} for month in (0, MONTHS)
    ]
    points = [
        {
            "panel": panel,
            "month": drawn["month"],
            "share": drawn["amount"] / float(whole),
            "line": str(drawn["run"]),
            "behind": drawn["behind"],
        }
        for drawn in plan_rows(row.points, row.budget)
        if drawn["amount"] is not None
    ]
    return [*pace, {"panel": panel, "month": 0, "share": 0.0, "line": "0"}, *points]
