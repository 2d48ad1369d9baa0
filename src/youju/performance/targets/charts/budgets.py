"""Budgets of the projects side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import altair as alt

from youju.foundation.documents.pictures import INK
from youju.performance.targets.charts.parts import WIDE, AnyChart, is_narrow, number, short_label, with_table


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One bar: the project's number in its document, name, budget (``None`` where blank), the page it opens."""

    number: int
    name: str
    budget: str | None
    href: str | None = None


def budget_chart(rows: Sequence[BudgetRow], *, width: int = WIDE, unit: str = "万元") -> AnyChart:
    """Bars of the projects' budgets, the largest first; each bar and its label open ``href``.

    Below 500 px the label stands above its bar, so that both stay legible. A project without a budget keeps its
    row, with the word 未填 in place of a bar.
    """
    ordered = sorted(rows, key=lambda row: number(row.budget) or Decimal(0), reverse=True)
    narrow = is_narrow(width)
    data = [_datum(row, unit, narrow=narrow) for row in ordered]
    amounts = [amount for row in data if (amount := row["budget"]) is not None]
    # Room to the right of the longest bar for its own figure.
    domain = [min(0.0, *amounts, 0.0), max(amounts, default=1.0) * (1.42 if narrow else 1.26) or 1.0]
    axis = None if narrow else alt.Axis(title=None, labelLimit=330, labelPadding=8, ticks=False, domain=False)
    y = alt.Y(
        "label:N",
        sort=[row["label"] for row in data],
        axis=axis,
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
    )
    links: dict[str, Any] = {"href": alt.Href("href:N")} if any(row.href for row in rows) else {}
    base = alt.Chart(alt.InlineData(values=data)).encode(y=y, **links)
    shift = 9 if narrow else 0
    bars = base.mark_bar(color=INK, height=13 if narrow else 15, yOffset=shift)
    figures = base.mark_text(align="left", dx=5, dy=shift).transform_calculate(end="max(0, datum.budget)")
    layers = [
        bars.encode(
            x=alt.X("budget:Q", axis=None, scale=alt.Scale(domain=domain, nice=False)), description="name:N"
        ),
        figures.encode(x="end:Q", text="printed:N"),
    ]
    if narrow:
        layers.append(base.mark_text(align="left", x=0, dy=-9).encode(text="label:N"))
    title = f"各项目预算数（{unit}）"
    chart = alt.layer(*layers).properties(
        width=width - (10 if narrow else 285),
        height=alt.Step(44 if narrow else 27),
        title=title,
        description=f"{title}，共 {len(rows)} 个项目，按预算数从大到小",
    )
    table = [[str(row.number), row.name, row.budget or ""] for row in ordered]
    return with_table(chart, ["序号", "项目名称", f"预算数（{unit}）"], table)


def _datum(row: BudgetRow, unit: str, *, narrow: bool) -> dict[str, Any]:
    amount = number(row.budget)
    return {
        # The number keeps two projects of one name apart.
        "label": f"{row.number}. {short_label(row.name, 42 if narrow else 36)}",
        "name": row.name,
        "budget": None if amount is None else float(amount),
        "printed": f"{row.budget} {unit}" if amount is not None else row.budget or "未填",
        "href": row.href,
    }
