"""How many disbursement batches were closed with acceptance."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import total
from youju.analytics.metrics import Direction, Metric, behind
from youju.analytics.scopes import Scope

BATCH = "projects.batch"


def batch_rows(scope: Scope) -> ir.Table:
    """Batches accepted in the period, each counting one."""
    rows = scope.rows("closed_batches")
    code = scope.parameters.get("project", "")
    if code:
        rows = rows.filter(rows.project == code)
    return behind(
        rows, part="closed", kind=BATCH, row=rows.batch_id, number=rows.number, value=ibis.literal(1)
    )


BATCHES_COMPLETED = Metric(
    code="projects.batches_completed",
    label="完成的支出批次",
    label_en="Disbursement batches completed",
    unit="批",
    direction=Direction.HIGHER,
    grain="支出批次",
    owner="财务科室",
    definition="期间内验收通过的支出批次数；验收人不是开批次的人。",
    definition_en="Disbursement batches closed with acceptance in the period, by somebody other than who opened them.",
    basis="house-measures",
    tables=("closed_batches",),
    rows=batch_rows,
    combination=total("closed", "已验收批次"),
    example={"closed": "2"},
    part_labels={"closed": "已验收批次"},
    parameters={"project": "只算这个项目编码；不写为全部项目"},
)
