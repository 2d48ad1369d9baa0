"""Charts for pages: the same definition drawn wide and narrow, with the table behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

from youju.performance.targets.selectors import ProjectRow


@dataclass(frozen=True, slots=True)
class Picture:
    """What ``{% chart %}`` takes; ``svg`` holds both widths, of which the page shows one."""

    svg: SafeString
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def budget_picture(rows: Iterable[ProjectRow], *, unit: str, urls: Mapping[str, str]) -> Picture:
    """Budgets by project; each bar opens its project (``urls`` by code)."""
    return _budgets(tuple((row.number, row.name, row.budget, urls.get(row.code)) for row in rows), unit)


def plan_picture(plan: Mapping[str, str | None], *, budget: str | None, unit: str, name: str) -> Picture:
    """One plan against 序时进度."""
    return _plan(tuple(plan.items()), budget, unit, name)


# Drawing is cached on disk by content; the definition itself costs tens of milliseconds, which these spare.
@lru_cache(maxsize=32)
def _budgets(rows: tuple[tuple[int, str, str | None, str | None], ...], unit: str) -> Picture:
    from youju.foundation.documents.widths import in_two_widths
    from youju.performance.targets.charts import NARROW, WIDE, BudgetRow, budget_chart, table_of

    bars = [BudgetRow(*row) for row in rows]
    charts = [budget_chart(bars, width=width, unit=unit) for width in (WIDE, NARROW)]
    return Picture(in_two_widths(*charts), *table_of(charts[0]))


@lru_cache(maxsize=512)
def _plan(plan: tuple[tuple[str, str | None], ...], budget: str | None, unit: str, name: str) -> Picture:
    from youju.foundation.documents.widths import in_two_widths
    from youju.performance.targets.charts import NARROW, WIDE, plan_chart, plan_points, table_of

    points = plan_points(dict(plan))
    charts = [plan_chart(points, budget, width=width, unit=unit, name=name) for width in (WIDE, NARROW)]
    return Picture(in_two_widths(*charts), *table_of(charts[0]))


def plan_spark(plan: Mapping[str, str | None], budget: str | None) -> SafeString:
    """A plan as a thumbnail: share of the budget by month, a dashed line for 序时进度; words for who cannot see it."""
    words = "，".join(
        f"{int(month)}月底 {amount if amount is not None else '未填'}" for month, amount in plan.items()
    )
    whole = float(budget) if budget else 0.0
    if whole <= 0:
        return format_html('<span class="muted">{}</span>', "—")
    points = ["0,24"]
    for month, amount in plan.items():
        if amount is not None:
            share = min(max(float(amount) / whole, 0.0), 1.0)
            points.append(f"{int(month) * 6},{24 - 20 * share:.1f}")
    return format_html(
        '<svg class="spark" width="76" height="26" viewBox="-2 0 76 26" role="img" aria-label="{}"><title>{}</title>'
        '<path class="spark-pace" d="M0 24L72 4"/><polyline class="spark-plan" points="{}"/></svg>',
        words,
        words,
        " ".join(points),
    )
