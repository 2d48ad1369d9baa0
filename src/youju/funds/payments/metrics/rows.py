"""Rows that the metrics of spending share: of one project or all, of one tag or all."""

from __future__ import annotations

import ibis.expr.types as ir

from youju.analytics.periods import Period
from youju.analytics.scopes import Scope

PAYMENT = "payments.payment"
PROJECT = {"project": "只算这个项目编码；不写为全部项目"}
TAGGED = {**PROJECT, "tag": "只算有这个标记的付款，例如 wages（工资）；不写为全部付款"}


def of_project(scope: Scope, table: str, *periods: Period) -> ir.Table:
    """A table's rows of the period (or those given), of the project and tag that were asked for."""
    rows = scope.rows(table, *periods)
    code, tag = scope.parameters.get("project", ""), scope.parameters.get("tag", "")
    if code:
        rows = rows.filter(rows.project == code)
    if tag and "tags" in rows.columns:
        rows = rows.filter(rows.tags.contains(f",{tag},"))
    return rows


def years_of(period: Period) -> Period:
    """The whole years that a period touches: budgets are of years."""
    return Period.year(period.start.year).hull(Period.year(period.last_day.year))
