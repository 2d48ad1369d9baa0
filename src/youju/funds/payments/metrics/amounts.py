"""What was paid, and which part of it: of the budget, on time, without findings, with an accepted outcome."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import Combination, share, total
from youju.analytics.combining_named import executed
from youju.analytics.metrics import Direction, Metric, behind, only
from youju.analytics.scopes import Scope
from youju.funds.payments.metrics.rows import PAYMENT, PROJECT, TAGGED, of_project, years_of

_OWNER, _BASIS = "财务科室", "house-measures"


def cost_rows(scope: Scope) -> ir.Table:
    """Payments made in the period."""
    rows = of_project(scope, "paid_payments")
    return behind(rows, part="paid", kind=PAYMENT, row=rows.payment_id, number=rows.number, value=rows.amount)


def executed_rows(scope: Scope) -> ir.Table:
    """Payments made in the period, and the adjusted budgets of its years."""
    paid = of_project(scope, "paid_payments")
    budgets = of_project(scope, "project_budgets", years_of(scope.period))
    return only(
        behind(paid, part="paid", kind=PAYMENT, row=paid.payment_id, number=paid.number, value=paid.amount)
    ).union(
        only(
            behind(
                budgets,
                part="budget",
                kind="projects.budget",
                row=budgets.project_id,
                number=budgets.project,
                value=budgets.budget,
            )
        )
    )


def due_rows(scope: Scope) -> ir.Table:
    """Payments due in the period, on time or not."""
    rows = of_project(scope, "due_payments")
    part = ibis.ifelse(rows.on_time, "on_time", "late")
    return behind(rows, part=part, kind=PAYMENT, row=rows.payment_id, number=rows.number, value=rows.amount)


def compliance_rows(scope: Scope) -> ir.Table:
    """Payments made in the period, with or without an open finding."""
    rows = of_project(scope, "paid_payments")
    part = ibis.ifelse(rows.finding, "finding", "clean")
    return behind(rows, part=part, kind=PAYMENT, row=rows.payment_id, number=rows.number, value=rows.amount)


def outcome_rows(scope: Scope) -> ir.Table:
    """Payments made in the period, their outcome accepted or not."""
    rows = of_project(scope, "paid_payments")
    part = ibis.ifelse(rows.verified, "verified", "open")
    return behind(rows, part=part, kind=PAYMENT, row=rows.payment_id, number=rows.number, value=rows.amount)


TOTAL_COST = Metric(
    code="payments.total_cost",
    label="项目总成本（已付金额）",
    label_en="Paid amount",
    unit="CNY",
    direction=Direction.NONE,
    grain="付款",
    owner=_OWNER,
    definition="期间内银行已付出的金额之和，以银行日期计。",
    definition_en="What the bank paid out in the period, by the bank's day.",
    basis=_BASIS,
    tables=("paid_payments",),
    rows=cost_rows,
    combination=total("paid", "已付金额"),
    example={"paid": "5530000.00"},
    part_labels={"paid": "已付"},
    parameters=TAGGED,
)
EXECUTED_RATE = Metric(
    code="payments.executed_rate",
    label="预算执行率",
    label_en="Executed rate",
    unit="%",
    direction=Direction.HIGHER,
    grain="付款、项目预算",
    owner=_OWNER,
    definition="期间内已付金额占所在年度调整后预算的百分比。",
    definition_en="Paid amount of the period in per cent of the adjusted budget of its year.",
    basis=_BASIS,
    tables=("paid_payments", "project_budgets"),
    rows=executed_rows,
    combination=Combination("executed()", "已付金额 ÷ 调整后预算 × 100 %", executed),
    example={"paid": "96", "budget": "100"},
    part_labels={"paid": "已付", "budget": "调整后预算"},
    parameters=PROJECT,
)
ON_TIME_RATE = Metric(
    code="payments.on_time_rate",
    label="按期支付率",
    label_en="Paid on time",
    unit="%",
    direction=Direction.HIGHER,
    grain="付款",
    owner=_OWNER,
    definition="期间内到期的付款中，在应付日期当天或之前付出的金额占比。",
    definition_en="Of what was due in the period, the share of the amount paid on or before the due day.",
    basis=_BASIS,
    tables=("due_payments",),
    rows=due_rows,
    combination=share("on_time", "late", label="按期付出的金额", whole_label="到期付款"),
    example={"on_time": "98", "late": "2"},
    part_labels={"on_time": "按期", "late": "迟付或未付"},
    parameters=TAGGED,
)
COMPLIANCE_RATE = Metric(
    code="payments.compliance_rate",
    label="支出合规率",
    label_en="Payments without an open audit finding",
    unit="%",
    direction=Direction.HIGHER,
    grain="付款",
    owner=_OWNER,
    definition="期间内已付金额中，没有未整改审计发现的金额占比。",
    definition_en="Share of the paid amount without an open audit finding.",
    basis=_BASIS,
    tables=("paid_payments",),
    rows=compliance_rows,
    combination=share("clean", "finding", label="没有未整改审计发现的金额", whole_label="已付款"),
    example={"clean": "99", "finding": "1"},
    part_labels={"clean": "没有审计发现", "finding": "有未整改的审计发现"},
    parameters=PROJECT,
)
OUTCOME_VERIFIED_RATE = Metric(
    code="payments.outcome_verified_rate",
    label="支出成果认定率",
    label_en="Payments with an accepted outcome",
    unit="%",
    direction=Direction.HIGHER,
    grain="付款",
    owner="绩效科室",
    definition="期间内已付金额中，支出成果已经认定的金额占比。",
    definition_en="Share of the paid amount whose outcome evidence was accepted.",
    basis=_BASIS,
    tables=("paid_payments",),
    rows=outcome_rows,
    combination=share("verified", "open", label="成果已认定的金额", whole_label="已付款"),
    example={"verified": "96", "open": "4"},
    part_labels={"verified": "成果已认定", "open": "还没有认定"},
    parameters=PROJECT,
)
AMOUNTS = (TOTAL_COST, EXECUTED_RATE, ON_TIME_RATE, COMPLIANCE_RATE, OUTCOME_VERIFIED_RATE)
