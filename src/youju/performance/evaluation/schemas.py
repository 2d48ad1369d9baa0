"""What the API of evaluations gives; points and money as decimal texts."""

from __future__ import annotations

from datetime import datetime

from ninja import Field, Schema


class SelfEvaluationLine(Schema):
    """A self-evaluation in a list."""

    id: int
    fiscal_year: int
    project_code: str
    project_name: str
    state: str = Field(description="filling、submitted、checked、approved、rechecked、applied")
    schema_code: str
    execution_rate: str | None
    total: str | None
    grade: str
    recheck_total: str | None
    recheck_grade: str


class SelfEvaluationsOut(Schema):
    """A page of self-evaluations; ``total`` counts all that fit."""

    total: int
    items: list[SelfEvaluationLine]


class SelfEvaluationFigureOut(Schema):
    """A frozen measure behind a row."""

    metric: str
    parameters: dict[str, str]
    period: str
    value: str | None
    unit: str
    formula_hash: str
    row_hash: str
    row_count: int
    as_of: datetime


class SelfEvaluationRowOut(Schema):
    """A row: provisional points while the evaluation is filled in."""

    number: int
    level1: str
    level2: str
    level3: str
    target: str
    actual: str
    basis: str = Field(description="computed、attested、unbound")
    degree: str | None
    weight: str | None
    score: str | None
    reason: str
    cause: str
    improvement: str
    recheck_score: str | None
    figures: list[SelfEvaluationFigureOut]


class SelfEvaluationOut(SelfEvaluationLine):
    """A self-evaluation with its rows and warnings."""

    done: str
    execution_reason: str
    rows: list[SelfEvaluationRowOut]
    warnings: list[str]


class EvaluationResultOut(Schema):
    """What counts of a project's year, and what follows in the next."""

    project_code: str
    project_name: str
    fiscal_year: int
    total: str
    grade: str
    follows: str
    follows_text: str
    applied: bool
