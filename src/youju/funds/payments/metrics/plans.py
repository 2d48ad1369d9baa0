"""How far spending kept to its plan: at each point of the plan that has passed, what was paid by then of what was planned."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import Combination
from youju.analytics.combining_named import PAID as _PAID
from youju.analytics.combining_named import PLAN as _PLAN
from youju.analytics.combining_named import plan_rate
from youju.analytics.metrics import Direction, Metric, behind, only
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.funds.payments.metrics.rows import PAYMENT, PROJECT, of_project


def plan_rows(scope: Scope) -> ir.Table:
    """Points of the plan in the period, and every payment from the beginning of the year; parts are months and projects."""
    points = of_project(scope, "plan_points")
    since = Period(Period.year(scope.period.start.year).start, scope.period.end)
    paid = of_project(scope, "paid_payments", since)
    number = points.project + " " + _month(points.month_end) + " " + points.project_id.cast("string")
    return only(
        behind(
            points,
            part=ibis.literal(_PLAN) + _month(points.month_end) + " " + points.project,
            kind="projects.plan",
            row=points.point_id,
            number=number,
            value=points.planned,
        )
    ).union(
        only(
            behind(
                paid,
                part=ibis.literal(_PAID) + _month(paid.paid_on) + " " + paid.project,
                kind=PAYMENT,
                row=paid.payment_id,
                number=paid.number,
                value=paid.amount,
            )
        )
    )


def _month(day: ir.DateColumn) -> ir.StringColumn:
    return (day.year() * 100 + day.month()).cast("string")


PLAN_RATE = Metric(
    code="payments.plan_rate",
    label="支出计划完成率",
    label_en="Spending against plan",
    unit="%",
    direction=Direction.HIGHER,
    grain="支出计划节点、付款",
    owner="财务科室",
    definition="期间内已过的每个计划节点：当年到该日累计已付占计划累计的百分比，最多算 100 %，各节点取平均；空白节点不算。",
    definition_en=(
        "At each plan date that has passed: cumulative paid in per cent of planned, capped at 100; the mean over the dates. "
        "Blanks are no dates."
    ),
    basis="house-measures",
    tables=("plan_points", "paid_payments"),
    rows=plan_rows,
    combination=Combination("plan_rate()", "各节点 min(累计已付 ÷ 累计计划, 100 %) 的平均", plan_rate),
    example={"plan 202303 A": "100", "plan 202306 A": "200", "paid 202302 A": "50", "paid 202305 A": "150"},
    parameters=PROJECT,
)
