"""The department as a whole (部门整体): execution of all its money, its sub-goals, its projects, weighed and explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import cast

from youju.rules.law import Table, table, text
from youju.rules.performance.evaluation.facts import Budget
from youju.rules.performance.evaluation.points import HUNDRED, plain, rounded, shown
from youju.rules.performance.evaluation.schemas import LawOf, Schema
from youju.rules.performance.evaluation.scoring import executed

WEIGHTS, WEIGHED_BY = (
    "performance.evaluation.department.weights",
    "performance.evaluation.department.weighed_by",
)
BY_BUDGET = "budget"
EXECUTION, SUBGOAL, PROJECT = "预算执行", "分项目标", "项目"
"""The parts of the explanation."""


@dataclass(frozen=True, slots=True)
class ProjectScore:
    """A project's score out of 100, its adjusted budget and what was spent of it, in one money unit."""

    code: str
    name: str
    score: Decimal
    grade: str
    adjusted: Decimal
    executed: Decimal


@dataclass(frozen=True, slots=True)
class SubgoalLink:
    """A sub-goal and the codes of the projects that serve it."""

    number: int
    title: str
    projects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """The facts of a department's year. ``expected`` is how many projects its targets have."""

    day: date
    projects: tuple[ProjectScore, ...]
    subgoals: tuple[SubgoalLink, ...]
    expected: int


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A line of the explanation: part, what it is, its weight, its points, words."""

    part: str
    name: str
    weight: Decimal
    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class DepartmentResult:
    """Lines, total and grade."""

    lines: tuple[DepartmentLine, ...]
    total: Decimal
    grade: str


def scored_department(facts: Department, schema: Schema, law: LawOf) -> DepartmentResult:
    """The department's points.

    The execution of all money together; each sub-goal by the projects that serve it (evenly weighed); each project by its share
    of the budget, or evenly where the policy says so. A sub-goal that no project serves gets nothing.

    Raises:
        EvaluationError: no money at all.
    """
    weights = {name: Decimal(str(each)) for name, each in table(law, WEIGHTS).items()}
    adjusted = sum((each.adjusted for each in facts.projects), Decimal(0))
    spent = sum((each.executed for each in facts.projects), Decimal(0))
    execution = executed(Budget(None, adjusted, spent), schema)
    part = Fraction(execution.score) / Fraction(execution.weight)
    lines = [
        DepartmentLine(
            EXECUTION,
            "全部项目的预算执行率",
            weights["execution"],
            rounded(Fraction(weights["execution"]) * part),
            f"全年预算 {plain(adjusted)}，执行 {plain(spent)}，执行率 {plain(execution.rate)}%。",
        )
    ]
    lines += _subgoals(facts, weights["subgoals"])
    lines += _projects(facts.projects, weights["projects"], by_budget=text(law, WEIGHED_BY) == BY_BUDGET)
    total = sum((line.score for line in lines), Decimal(0))
    return DepartmentResult(tuple(lines), total, schema.grade(total))


def split(total: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """A total shared out by weights to the hundredth; what rounding leaves over goes to the largest remainders."""
    whole = sum(weights, Fraction(0)) or Fraction(1)
    cents = int(total * HUNDRED)
    exact = [each / whole * cents for each in weights]
    found = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda place: (found[place] - exact[place], place))
    for place in order[: cents - sum(found)]:
        found[place] += 1
    return [Decimal(each) / HUNDRED for each in found]


def _subgoals(facts: Department, weight: Decimal) -> Iterable[DepartmentLine]:
    scores = {each.code: each for each in facts.projects}
    for link, points in zip(facts.subgoals, split(weight, [Fraction(1)] * len(facts.subgoals)), strict=True):
        served = [scores[code] for code in link.projects if code in scores]
        if not served:
            words = "没有项目支撑这个分项目标，不得分。"
            yield DepartmentLine(SUBGOAL, link.title, points, Decimal(0), words)
            continue
        mean = Fraction(sum((each.score for each in served), Decimal(0))) / len(served)
        words = f"{len(served)} 个项目支撑，平均 {shown(mean)} 分；分值 {plain(points)} × {shown(mean)}%。"
        yield DepartmentLine(SUBGOAL, link.title, points, rounded(Fraction(points) * mean / HUNDRED), words)


def _projects(rows: Sequence[ProjectScore], weight: Decimal, *, by_budget: bool) -> Iterable[DepartmentLine]:
    shares = [Fraction(each.adjusted) if by_budget else Fraction(1) for each in rows]
    how = "按预算分配" if by_budget else "各项目平分"
    for each, points in zip(rows, split(weight, shares), strict=True):
        score = rounded(Fraction(points) * Fraction(each.score) / HUNDRED)
        words = f"{each.grade}，{plain(each.score)} 分；分值{how}得 {plain(points)}，× {plain(each.score)}%。"
        yield DepartmentLine(PROJECT, each.name, points, score, words)


def weights_of_department(law: LawOf) -> dict[str, Decimal]:
    """What execution, sub-goals and projects weigh."""
    return {name: Decimal(str(each)) for name, each in cast("Table", law[WEIGHTS]).items()}
