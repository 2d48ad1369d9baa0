"""The cumulative spending plan (3, 6, 10, 12 月底)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal, text
from youju.rules.performance.targets.cases import ProjectCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.performance.targets.facts import PLAN_MONTHS
from youju.rules.registry import rule

EARLY_MONTH = "performance.targets.early_plan_month"
EARLY_SHARE = "performance.targets.early_plan_share"
TOLERANCE = "performance.targets.plan_progress_tolerance"
_PERCENT = Decimal(100)
_YEAR = Decimal(PLAN_MONTHS[-1])


@rule(
    "TGT-003",
    title="支出计划不得回落",
    basis="hebei-form-2020#amounts",
    since=FORM_DAY,
    severity=Severity.ERROR,
    scope="project",
)
def plan_never_falls(project: ProjectCase, _law: LawOf) -> Iterator[Finding]:
    """资金支出计划是累计数，后一时点不得小于前一时点。"""
    for (earlier, before), (later, after) in pairwise(project.plan.items()):
        if after < before:
            yield project.says(
                f"{_month(later)}计划 {project.facts.plan[later]}，小于{_month(earlier)}的"
                f" {project.facts.plan[earlier]}，累计数回落了。",
                f"{_month(later)}填到该时点为止的累计支出，不小于 {project.facts.plan[earlier]}。",
                f"plan.{later}",
            )


@rule(
    "TGT-005",
    title="支出计划不留空白",
    basis="hebei-form-2020#amounts",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
)
def plan_has_no_blank(project: ProjectCase, _law: LawOf) -> Iterator[Finding]:
    """资金支出计划的每个时点都要填数，没有支出填 0，空白不等于零。"""
    if not project.plan:
        yield project.says(
            "资金支出计划一个时点也没有填。",
            "填写 3、6、10、12 月底的累计支出计划，12 月底等于预算数。",
            "plan",
        )
        return
    for month in PLAN_MONTHS:
        if month not in project.plan:
            yield project.says(
                f"资金支出计划{_month(month)}是空白。",
                f"{_month(month)}若不安排支出，填 0.00。",
                f"plan.{month}",
            )


@rule(
    "TGT-028",
    title="不在年初就安排付清",
    basis="house#thresholds",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
    parameters=(EARLY_MONTH, EARLY_SHARE),
)
def plan_is_not_spent_at_once(project: ProjectCase, law: LawOf) -> Finding | None:
    """支出计划在第一季度末就安排全部付清，看不出项目全年的进度，应按实际工作安排分月填列。"""
    month = text(law, EARLY_MONTH)
    planned = project.plan.get(month)
    if planned is None or not project.budget or planned < project.budget * decimal(law, EARLY_SHARE):
        return None
    return project.says(
        f"{_month(month)}计划支出 {project.facts.plan[month]}，已是预算数 {project.facts.budget} 的全部。",
        "按合同和工作安排分时点填写累计支出；确需一次付清的，在用途里写明付款约定。",
        f"plan.{month}",
    )


@rule(
    "TGT-029",
    title="支出计划不落后序时进度",
    basis="mof-2019-136#progress",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
    parameters=(TOLERANCE,),
)
def plan_keeps_pace(project: ProjectCase, law: LawOf) -> Finding | None:
    """支出计划各时点的比例不宜低于序时进度（月数除以十二）。

    One finding for a project names every date that falls behind by more than the tolerance.
    """
    if not project.budget or project.budget < 0:
        return None
    behind = []
    for month, planned in project.plan.items():
        share, due = planned / project.budget * _PERCENT, Decimal(month) / _YEAR * _PERCENT
        if month != PLAN_MONTHS[-1] and share < due - decimal(law, TOLERANCE):
            behind.append((month, share, due))
    if not behind:
        return None
    said = "，".join(f"{_month(month)} {share:.1f}%（序时 {due:.1f}%）" for month, share, due in behind)
    first, _, due = behind[0]
    least = project.budget * due / _PERCENT
    return project.says(
        f"支出计划落后序时进度：{said}。",
        f"加快安排，例如{_month(first)}不低于 {least:.2f}；确因合同约定靠后支付的，在用途里说明。",
        f"plan.{first}",
    )


def _month(month: str) -> str:
    """The month as the form prints it: 3月底."""
    return f"{int(month)}月底"
