"""Amounts in the head of a project table that must add up."""

from __future__ import annotations

from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.cases import ProjectCase, amount
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.registry import rule


@rule(
    "TGT-001",
    title="预算数等于财政资金加其他资金",
    basis="hebei-form-2020#amounts",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="project",
)
def budget_is_the_sum_of_its_sources(project: ProjectCase, _law: LawOf) -> Finding | None:
    """预算数应等于其中财政资金与其他资金之和。

    A blank source counts as nothing as long as the other one is stated; with both blank there is no sum.
    """
    fiscal, other = amount(project.facts.fiscal), amount(project.facts.other)
    if project.budget is None or (fiscal is None and other is None):
        return None
    total = (fiscal or Decimal(0)) + (other or Decimal(0))
    if total == project.budget:
        return None
    unit, gap = project.document.money_unit, abs(project.budget - total)
    return project.says(
        f"预算数 {project.facts.budget} {unit}，而财政资金 {project.facts.fiscal or '空白'} 与"
        f"其他资金 {project.facts.other or '空白'} 合计 {total} {unit}，相差 {gap} {unit}。",
        f"核对三个数：预算数应为 {total}，或者改正资金来源。",
        "budget",
    )


@rule(
    "TGT-002",
    title="12 月底计划等于预算数",
    basis="hebei-form-2020#amounts",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="project",
)
def plan_ends_at_the_budget(project: ProjectCase, _law: LawOf) -> Finding | None:
    """资金支出计划是累计数，12 月底应等于预算数。"""
    final = project.plan.get("12")
    if final is None or project.budget is None or final == project.budget:
        return None
    unit = project.document.money_unit
    return project.says(
        f"12 月底计划支出 {project.facts.plan['12']} {unit}，与预算数 {project.facts.budget} {unit} 不等。",
        f"12 月底改为 {project.facts.budget}；若确有结余，请先调整预算数。",
        "plan.12",
    )
