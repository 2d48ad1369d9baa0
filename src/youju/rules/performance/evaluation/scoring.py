"""A self-evaluation scored: execution of the budget, every row, total, grade, warnings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from youju.rules.findings import Finding
from youju.rules.law import whole
from youju.rules.performance.evaluation import checks
from youju.rules.performance.evaluation.cases import EvaluationCase, RowCase
from youju.rules.performance.evaluation.facts import Budget, Evaluation, EvaluationError, Row, place
from youju.rules.performance.evaluation.points import HUNDRED, rounded
from youju.rules.performance.evaluation.rows import Ground, ScoredRow, scored
from youju.rules.performance.evaluation.schemas import ROOM, LawOf, Schema, schema_of
from youju.rules.performance.evaluation.weights import weights_of
from youju.rules.registry import REGISTRY

FAMILY = "EVL-"
__all__ = ["FAMILY", "Execution", "Scored", "checks", "judge", "score"]


@dataclass(frozen=True, slots=True)
class Execution:
    """How the budget was executed: the rate in per cent to the hundredth, the points it may bring and does."""

    rate: Decimal
    weight: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class Scored:
    """The whole result; ``total`` is the sum of the rounded points, ``warnings`` are findings of the rules EVL-…."""

    schema: Schema
    rows: tuple[ScoredRow, ...]
    execution: Execution
    total: Decimal
    grade: str
    warnings: tuple[Finding, ...]


def score(evaluation: Evaluation, law: LawOf) -> Scored:
    """Score a self-evaluation by its schema, as it stands on the law's day.

    Raises:
        EvaluationError: an unknown schema, weights that do not make 100, a budget of zero, values that cannot be read.
    """
    schema = schema_of(evaluation.schema, law)
    _check_size(evaluation.rows, law)
    weights = weights_of(evaluation.rows, schema)
    execution = executed(evaluation.budget, schema)
    ground = Ground(schema, law, evaluation.fiscal_year)
    rows = tuple(
        scored(number, row, weight, ground)
        for number, (row, weight) in enumerate(zip(evaluation.rows, weights, strict=True), 1)
    )
    case = EvaluationCase(evaluation, schema, execution.score, rows)
    total = execution.score + case.indicators
    return Scored(schema, rows, execution, total, schema.grade(total), tuple(judge(case, law)))


def executed(budget: Budget, schema: Schema) -> Execution:
    """The points for executing the budget: weight × executed / adjusted, no more than the cap.

    Raises:
        EvaluationError: the adjusted budget is zero.
    """
    if not budget.adjusted:
        raise EvaluationError(
            "全年预算数是 0，算不出预算执行率", where="budget.adjusted", how="请核对；没有预算的项目不打分"
        )
    rate = Fraction(budget.executed) / Fraction(budget.adjusted)
    part = min(rate, Fraction(schema.execution_cap) / HUNDRED)
    weight = schema.execution_weight
    return Execution(rounded(rate * HUNDRED), weight, rounded(Fraction(weight) * part))


def judge(case: EvaluationCase, law: LawOf) -> list[Finding]:
    """What every rule in force says: of the whole first, then row by row, by id."""
    as_of = getattr(law, "as_of", None)
    day = as_of if isinstance(as_of, date) else None
    found = REGISTRY.judge(case, law, day=day, scope="evaluation", prefix=FAMILY)
    for row in case.rows:
        found += REGISTRY.judge(RowCase(case, row), law, day=day, scope="row", prefix=FAMILY)
    return found


def _check_size(rows: Sequence[Row], law: LawOf) -> None:
    most, characters = whole(law, f"{ROOM}.most_rows"), whole(law, f"{ROOM}.most_characters")
    if not rows:
        raise EvaluationError("没有指标", where="indicators", how="请至少写一行")
    if len(rows) > most:
        raise EvaluationError(f"有 {len(rows)} 行指标，至多 {most} 行", where="indicators", how="请核对文件")
    for number, row in enumerate(rows, 1):
        if any(
            len(text or "") > characters
            for text in (row.target, row.actual, row.level1, row.level2, row.level3)
        ):
            raise EvaluationError(f"有一格超过 {characters} 个字", where=place(number, row), how="请改短")
