"""Goals of a project and of the department."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.cases import DocumentCase, ProjectCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.performance.targets.numbers import find_numbers
from youju.rules.performance.targets.periods import without_periods
from youju.rules.performance.targets.texts import bare, unnumbered
from youju.rules.performance.targets.values import plain
from youju.rules.registry import rule

_DIGIT = re.compile(r"\d|百分之")
_TITLE = re.compile(r"《[^》]*》")


@rule(
    "TGT-024",
    title="绩效目标可以衡量",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
)
def goal_can_be_measured(project: ProjectCase, _law: LawOf) -> Finding | None:
    """绩效目标要有可以衡量的数量，不能只写“保障”“提升”“促进”。

    Leading numbers, dates, document numbers and titles of documents measure nothing.
    """
    goals = [goal for goal in project.facts.goals if goal.strip()]
    if not goals or any(_measures(goal) for goal in goals):
        return None
    return project.says(
        f"绩效目标“{_short(goals[0])}”没有可以衡量的数量。",
        "补上做多少、做到什么程度，例如“支持 5 家以上企业参展，新增备案主体 300 户”。",
        "goals",
    )


@rule(
    "TGT-025",
    title="绩效目标不照抄资金用途",
    basis="mof-2015-88#requirements",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="project",
)
def goal_is_not_the_purpose(project: ProjectCase, _law: LawOf) -> Finding | None:
    """资金用途写钱花在哪里，绩效目标写花了钱要达到什么结果，两者不应相同。"""
    purpose = bare(unnumbered(project.facts.purpose))
    for goal in project.facts.goals:
        if purpose and bare(unnumbered(goal)) == purpose:
            return project.says(
                f"绩效目标“{_short(goal)}”与资金用途相同。",
                "绩效目标改写为预期的产出和效果，带上数量和时限。",
                "goals",
            )
    return None


@rule(
    "TGT-032",
    title="部门分项目标有项目承接",
    basis="hebei-form-2020#goals",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="document",
)
def every_subgoal_is_served(document: DocumentCase, _law: LawOf) -> Iterator[Finding]:
    """部门的每个分项绩效目标至少要有一个项目承接，否则没有资金支撑。

    Silent unless somebody has recorded which project serves which sub-goal.
    """
    if document.serves is None:
        return
    served = {number for numbers in document.serves.values() for number in numbers}
    for number, subgoal in enumerate(document.facts.department.subgoals, 1):
        if number not in served:
            yield Finding(
                f"第 {number} 个分项绩效目标“{_short(subgoal.title or subgoal.goal)}”没有项目承接。",
                "指定承接它的项目；没有项目的，调整分项目标或补充项目。",
                {"project": None, "row": None, "field": f"subgoals.{number}"},
            )


def _measures(goal: str) -> bool:
    text = _TITLE.sub("", unnumbered(goal))
    for number in find_numbers(text):
        text = text.replace(number.printed, "")
    return bool(_DIGIT.search(without_periods(plain(text))))


def _short(text: str, length: int = 40) -> str:
    text = text.strip()
    return text if len(text) <= length else f"{text[:length]}……"
