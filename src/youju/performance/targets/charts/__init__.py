"""Chart definitions of the targets: budgets side by side, spending plans against the time gone by.

Pure: plain data in, a Vega-Lite definition (Altair) out. The same definition is drawn on the page and in the
document (``foundation.documents.pictures``), and it carries the table behind it: ``table_of(chart)``. Amounts are
decimal strings in the document's money unit and are printed as they stand; a blank is a gap, never a zero.
"""

from youju.performance.targets.charts.budgets import BudgetRow, budget_chart
from youju.performance.targets.charts.parts import NARROW, WIDE, AnyChart, short_label, table_of
from youju.performance.targets.charts.plans import PlanPoint, PlanRow, plan_chart, plan_points, plans_overview

__all__ = [
    "NARROW",
    "WIDE",
    "AnyChart",
    "BudgetRow",
    "PlanPoint",
    "PlanRow",
    "budget_chart",
    "plan_chart",
    "plan_points",
    "plans_overview",
    "short_label",
    "table_of",
]
