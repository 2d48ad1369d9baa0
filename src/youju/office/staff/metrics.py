"""What this room gives to analytics: persons' months, and the least number on the payroll in a period's months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from youju.analytics.combining import Combination
from youju.analytics.combining_named import least_month
from youju.analytics.metrics import Direction, Metric, behind, register_metric
from youju.analytics.scopes import Scope
from youju.analytics.tables_staff import STAFF_MONTHS
from youju.foundation.metrics.linking import Link, register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.office.staff import addresses
from youju.rules.office.staff.lifecycle import LINE_KIND


def payroll_rows(scope: Scope) -> ir.Table:
    """Each person's month, worth one where the person is on the payroll; parts are months.

    A part carries how many months are asked about, so that a month that is not there is told from one without people.
    """
    rows = scope.rows("staff_months")
    counts = rows.on_payroll
    for name in ("project", "section", "contract"):
        # Whoever is asked past counts nothing: a month without anybody of the section is 0, not a month that is not there.
        if value := scope.parameters.get(name, ""):
            counts &= rows[name] == value
    period = scope.period
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    month = (rows.month.year() * 100 + rows.month.month()).cast("string")
    return behind(
        rows,
        part=month + ibis.literal(f"（共 {months} 个月）"),
        kind="staff.line",
        row=rows.line_id,
        number=rows.number,
        value=ibis.ifelse(counts, 1, 0),
    )


DISPATCHED_COUNT = Metric(
    code="staff.dispatched_count",
    label="派遣人员在岗人数",
    label_en="Dispatched staff on the payroll",
    unit="人",
    direction=Direction.NONE,
    grain="派遣人员的一个月",
    owner="综合业务科",
    definition="期间每个月在岗的派遣人员人数中最少的一个月；有月份没有导入的算不出。",
    definition_en="The least number of dispatched staff on the payroll in a month of the period; none where a month is missing.",
    basis="house-measures#staff",
    tables=("staff_months",),
    rows=payroll_rows,
    combination=Combination("least_month()", "各月在岗人数中最小的", least_month),
    example={"202301（共 3 个月）": "6", "202302（共 3 个月）": "5", "202303（共 3 个月）": "6"},
    parameters={
        "project": "只算这个项目编码的",
        "section": "只算这个科室的（科室代码）",
        "contract": "只算这个派遣合同的",
    },
)


def link_lines(rows: Sequence[Mapping[str, Any]]) -> list[Link]:
    """By their keys; nothing is looked up."""
    return [Link(str(row["number"]), addresses.line(str(row["row"])) or "") for row in rows]


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(STAFF_MONTHS, "staff_current")
    register_row_kind(LINE_KIND, "派遣人员的一个月", link_lines)
    register_metric(DISPATCHED_COUNT)
