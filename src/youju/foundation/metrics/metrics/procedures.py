"""Whether procedures end within the days that were promised, from the workflow's log."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import share
from youju.analytics.metrics import Direction, Metric, behind
from youju.analytics.scopes import Scope

STEP = "workflow.step"
PROCEDURES = ("parties.party", "parties.change", "goods.campaign", "subsidies.claim")
"""Flows that people outside ask for: filings and their changes, recognitions, applications."""


def within_limit_rows(scope: Scope) -> ir.Table:
    """Each step of a procedure that had a promised day, by whether it kept it."""
    steps = scope.rows("timed_steps")
    flow = scope.parameters.get("flow", "")
    steps = steps.filter(steps.flow == flow) if flow else steps.filter(steps.flow.isin(PROCEDURES))
    return behind(
        steps,
        part=ibis.ifelse(steps.within, "within", "late"),
        kind=STEP,
        row=steps.step_id,
        number=steps.label,
        value=steps.step_id * 0 + 1,
    )


WITHIN_LIMIT = Metric(
    code="requests.within_limit_rate",
    label="按承诺时限办结率",
    label_en="Procedures finished within their promised days",
    unit="%",
    direction=Direction.HIGHER,
    grain="有承诺时限的环节",
    owner="业务科室",
    definition=(
        "期间内办结的、有承诺时限的环节（备案受理和审核、备案变更、归类认定、扶持申请）中，"
        "在限办日期或之前办结的占比。"
    ),
    definition_en=(
        "Of the steps with a promised day that ended in the period (filings, their changes, recognitions, applications), the"
        " share that ended on or before that day."
    ),
    basis="house-measures",
    tables=("timed_steps",),
    rows=within_limit_rows,
    combination=share("within", "late", label="按期办结的环节", whole_label="办结的有时限环节"),
    example={"within": "95", "late": "5"},
    part_labels={"within": "按期", "late": "逾期"},
    parameters={"flow": "只算这一种流程，如 parties.party；不写为全部对外事项"},
)
