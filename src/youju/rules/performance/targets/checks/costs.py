"""Cost targets against the budget."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from youju.rules.findings import Finding, Severity
from youju.rules.law import names
from youju.rules.performance.targets.cases import ProjectCase, RowCase
from youju.rules.performance.targets.checks.places import (
    FORM_DAY,
    LEVELS,
    UNIT_COST,
    UP,
    LawOf,
    base,
    is_level,
    is_money_total,
)
from youju.rules.performance.targets.texts import mentions
from youju.rules.registry import rule

TOTALS = "performance.targets.total_cost_words"
COST_PARAMETERS = (LEVELS, TOTALS, UNIT_COST, "units")


def money_rows(project: ProjectCase, law: LawOf) -> list[tuple[RowCase, Decimal]]:
    """The cost rows that state an amount of money, with it in 元."""
    rows = [row for row in project.rows if is_level(row, "cost", law) and is_money_total(row, law)]
    return [(row, base(row, law)[1]) for row in rows]


@rule(
    "TGT-004",
    title="总成本指标等于预算数",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="project",
    parameters=COST_PARAMETERS,
)
def cost_target_meets_the_budget(project: ProjectCase, law: LawOf) -> Iterator[Finding]:
    """总成本指标的数值应与预算数一致，绩效目标要与预算金额相匹配。

    Compared in 元 whatever unit is printed. Only rows that state the whole cost are held to the budget: those
    named so, or the only amount there is. Several parts may not exceed the budget together.
    """
    budget = project.budget_magnitude(law)
    rows = money_rows(project, law)
    if budget is None or not rows:
        return
    whole = [item for item in rows if mentions(item[0].indicator.level3, names(law, TOTALS))]
    if not whole and len(rows) == 1:
        whole = rows
    parts = whole or rows
    total = sum((value for _, value in parts), Decimal(0))
    if whole and (len(whole) == 1 or (total != budget[1] and all(value != budget[1] for _, value in whole))):
        faulty = [row for row, value in whole if value != budget[1]]
    elif whole and total != budget[1]:
        faulty = [row for row, value in whole if value > budget[1]]
    else:
        faulty = [parts[-1][0]] if not whole and total > budget[1] else []
    for row in faulty:
        yield row.says(*_said(row, project, together=not whole))


def _said(row: RowCase, project: ProjectCase, *, together: bool) -> tuple[str, str]:
    unit = project.document.money_unit
    budget = f"{project.facts.budget}{unit}"
    if together:
        return (
            f"各项成本指标合计超过预算数 {budget}（最后一项为“{row.indicator.raw_value}”）。",
            f"压减各项成本，使合计不超过 {budget}。",
        )
    shape = "写成了下限，又" if row.indicator.value.operator in UP else ""
    return (
        f"成本指标“{row.indicator.level3}”的值“{row.indicator.raw_value}”{shape}与预算数 {budget} 不等。",
        f"改为“≤{budget}”；如果只是其中一项成本，请另设总成本指标。",
    )


@rule(
    "TGT-018",
    title="成本指标不只重述预算",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.HINT,
    scope="project",
    parameters=(LEVELS, UNIT_COST, "units"),
)
def cost_says_more_than_the_budget(project: ProjectCase, law: LawOf) -> Iterator[Finding]:
    """成本指标只把预算数重写一遍，衡量不出成本高低，应补充单位成本或成本标准。"""
    budget = project.budget_magnitude(law)
    rows = [row for row in project.rows if is_level(row, "cost", law)]
    if budget is None or not rows:
        return
    if any(not is_money_total(row, law) or base(row, law) != budget for row in rows):
        return
    for row in rows:
        yield row.says(
            f"成本指标“{row.indicator.level3}”的值“{row.indicator.raw_value}”只是重述预算数"
            f" {project.facts.budget}{project.document.money_unit}。",
            "另设单位成本指标，例如“每家企业补助标准≤×万元”“人均成本≤×元/人·月”。",
        )
