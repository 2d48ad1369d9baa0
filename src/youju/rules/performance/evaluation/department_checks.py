"""The rules EVL-020 and EVL-021: the department's evaluation as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.performance.evaluation.departments import Department
from youju.rules.performance.evaluation.facts import quoted
from youju.rules.performance.evaluation.schemas import LawOf
from youju.rules.registry import rule

DAY = date(2020, 2, 25)


@rule(
    "EVL-020",
    title="分项目标有项目支撑",
    basis="house-evaluation#department",
    since=DAY,
    severity=Severity.WARNING,
    scope="department_evaluation",
)
def every_subgoal_is_served(facts: Department, law: LawOf) -> Iterator[Finding]:  # noqa: ARG001
    """部门的每个分项目标都应有项目支撑。"""
    known = {each.code for each in facts.projects}
    for link in facts.subgoals:
        if not known & set(link.projects):
            yield Finding(
                f"第 {link.number} 个分项目标{quoted(link.title)}没有项目支撑，不得分。",
                "请在绩效目标里标明支撑它的项目。",
                {"project": None, "row": link.number, "field": "subgoal"},
            )


@rule(
    "EVL-021",
    title="项目都自评完再评部门",
    basis="house-evaluation#department",
    since=DAY,
    severity=Severity.ERROR,
    scope="department_evaluation",
)
def every_project_has_been_evaluated(facts: Department, law: LawOf) -> Finding | None:  # noqa: ARG001
    """全部项目都提交自评以后，才确认部门整体评价。"""
    missing = facts.expected - len(facts.projects)
    if missing <= 0:
        return None
    return Finding(
        f"还有 {missing} 个项目没有提交自评。",
        "请先完成这些项目的自评。",
        {"project": None, "row": None, "field": "projects"},
    )
