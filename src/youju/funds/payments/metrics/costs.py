"""What the money paid for: deliverables accepted, at the price of their contracts, of what was paid."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import Combination
from youju.analytics.combining_named import utilised
from youju.analytics.metrics import Direction, Metric, behind, only
from youju.analytics.scopes import Scope
from youju.funds.payments.metrics.rows import PAYMENT, PROJECT, of_project

DELIVERABLE = "contracts.deliverable"
"""The kind of row that the room of contracts knows how to open; that room stands above this one."""


def utilisation_rows(scope: Scope) -> ir.Table:
    """Deliverables due in the period, accepted or not, and payments made in it."""
    due = of_project(scope, "due_deliverables")
    paid = of_project(scope, "paid_payments")
    return only(
        behind(
            due,
            part=ibis.ifelse(due.accepted, "accepted", "open"),
            kind=DELIVERABLE,
            row=due.deliverable_id,
            number=due.number,
            value=due.price,
        )
    ).union(
        only(
            behind(
                paid, part="paid", kind=PAYMENT, row=paid.payment_id, number=paid.number, value=paid.amount
            )
        )
    )


COST_UTILISATION_RATE = Metric(
    code="payments.cost_utilisation_rate",
    label="成本利用率",
    label_en="Accepted deliverables of what was paid",
    unit="%",
    direction=Direction.HIGHER,
    grain="合同成果、付款",
    owner="财务科室",
    definition=(
        "交付期限在期间内、已验收的合同成果，按合同价款之和占期间内已付金额的百分比；没有验收的成果列出而不计。"
        "高于 100 % 是成果已验收而款还没有付清。"
    ),
    definition_en=(
        "Accepted deliverables due in the period at contract price, in per cent of what was paid in it; others are listed and "
        "do not count. Above 100 where deliverables were accepted before they were paid in full."
    ),
    basis="house-measures",
    tables=("due_deliverables", "paid_payments"),
    rows=utilisation_rows,
    combination=Combination("utilised()", "已验收成果的合同价款 ÷ 已付金额 × 100 %", utilised),
    example={"accepted": "48", "open": "2", "paid": "50"},
    part_labels={"accepted": "已验收的成果", "open": "没有验收的成果", "paid": "已付"},
    parameters=PROJECT,
)
