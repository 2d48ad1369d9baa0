"""The documented table of dispatched staff: a person's month. Persons stand by a code alone."""

from __future__ import annotations

from youju.analytics.tables import KEY, MONEY, PILOT, AnalyticTable, Column, register_table

STAFF_MONTHS = register_table(
    AnalyticTable(
        name="staff_months",
        label="派遣人员的一个月：一名派遣人员在一个月里，以现行的版本计",
        label_en="A dispatched person's month, in its current version",
        key="line_id",
        day="month",
        follows="staff_lines",
        group="line_id",
        sums=("due", "paid"),
        columns=(
            PILOT,
            Column("line_id", KEY, "人月", "row key"),
            Column("number", "string", "月份和人员代码", "month and code of the person"),
            Column("month", "date", "月份", "first day of the month"),
            Column("section", "string", "科室", "section"),
            Column("contract", "string", "派遣合同编号", "number of the labour-dispatch contract"),
            Column("project", "string", "项目编码", "project code"),
            Column("due_on", "date", "应发日期", "day by which wages are due"),
            Column("due", MONEY, "应发工资", "wages due", "CNY"),
            Column("paid", MONEY, "实发工资", "wages paid", "CNY"),
            Column("paid_on", "date", "实发日期", "day of payment"),
            Column("on_payroll", "boolean", "在岗", "on the payroll"),
        ),
    )
)
