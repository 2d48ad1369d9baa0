"""A self-evaluation to change in one place at a time, and the law of a day on which every schema is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from youju.foundation.policies import law_on
from youju.rules.performance.evaluation.facts import Budget, Evaluation, Row
from youju.rules.performance.evaluation.rows import Ground, ScoredRow, scored
from youju.rules.performance.evaluation.schemas import schema_of
from youju.rules.performance.evaluation.scoring import Scored, score

LAW = law_on(date(2024, 3, 1))
GROUND = Ground(schema_of("mof-2020", LAW), LAW)
BUDGET = Budget(Decimal("45.00"), Decimal("45.00"), Decimal("45.00"))

ROWS = (
    Row("产出指标", "数量指标", "培训次数", "≥12次", "12次", Decimal(50)),
    Row("效益指标", "社会效益", "带动作用", "显著提高", None, Decimal(30), "reached", Decimal(100)),
    Row("满意度指标", "满意度", "学员满意度", "≥90%", "95%", Decimal(10)),
)
FULL = Evaluation("mof-2020", BUDGET, ROWS)


def budget(executed: str, adjusted: str = "100", **other: Any) -> Budget:
    """A budget of a hundred of which something was spent."""
    return Budget(Decimal(adjusted), Decimal(adjusted), Decimal(executed), **other)


def row(target: str, actual: str | None = None, **other: Any) -> Row:
    """A row of 产出."""
    return Row(
        **{"level1": "产出指标", "level2": "数量指标", "level3": "指标", "target": target, "actual": actual}
        | other
    )


def points(
    target: str, actual: str | None = None, *, weight: str = "10", ground: Ground = GROUND, **other: Any
) -> ScoredRow:
    """One row scored, out of ten points unless said otherwise."""
    return scored(1, row(target, actual, **other), Decimal(weight), ground)


def result(evaluation: Evaluation = FULL, **changes: Any) -> Scored:
    """The evaluation, changed, scored on the day of :data:`LAW`."""
    return score(replace(evaluation, **changes), LAW)
