"""Rows of this room and measured rows → the frozen facts that the pure rules score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from youju.performance.evaluation.models import EvaluationRow, Fund, SelfEvaluation
from youju.performance.measures.selectors import Basis, MeasuredRow
from youju.rules.performance.evaluation.facts import Budget, Evaluation, EvaluationError, Reduction, Row
from youju.rules.performance.evaluation.points import HUNDRED, plain
from youju.rules.performance.evaluation.quantities import is_number
from youju.rules.performance.evaluation.rows import Ground, ScoredRow, scored
from youju.rules.performance.evaluation.schemas import LawOf, Schema, schema_of
from youju.rules.performance.evaluation.scoring import Scored, executed, score
from youju.rules.performance.evaluation.stages import Stage, StageRow
from youju.rules.performance.evaluation.weights import weights_of
from youju.rules.performance.targets.lifecycle import APPROVED, PUBLISHED
from youju.rules.performance.targets.values import split_value

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet

_LEAST = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Actual:
    """What a measured row gives to its evaluation: the text that is scored, number, degree, and what it stands on."""

    text: str = ""
    shown: str = ""
    reading: str = ""
    reason: str = ""
    value: Decimal | None = None
    degree: Decimal | None = None
    basis: str = Basis.UNBOUND.value
    tier: str = ""
    tier_rate: Decimal | None = None
    sample: str = ""
    url: str = ""
    adjusted: Mapping[str, object] | None = None


def day_of(fiscal_year: int) -> date:
    """The day whose law scores a year: its last."""
    return date(fiscal_year, 12, 31)


def actual_of(row: MeasuredRow) -> Actual:
    """A measured row as an evaluation takes it. A number is told in the target's unit, to at most six places."""
    text = ""
    if row.value is not None:
        text = f"{plain(row.value.quantize(_LEAST))}{row.unit or ''}"
    by_hand = row.adjusted
    return Actual(
        text=text,
        shown=row.shown,
        reading=row.reading,
        reason="" if row.has_value else row.reason,
        value=row.value,
        degree=row.degree,
        basis=row.basis.value,
        tier=row.tier if _by_tier(row.raw_value) else "",
        tier_rate=row.tier_rate if _by_tier(row.raw_value) else None,
        sample=row.sample,
        url=row.url,
        adjusted=None
        if by_hand is None
        else {
            "computed": None if by_hand.computed is None else str(by_hand.computed),
            "reason": by_hand.reason,
            "signed_by": by_hand.signed_by,
            "countersigned_by": by_hand.countersigned_by,
            "evidence": list(by_hand.evidence),
            "url": by_hand.url,
        },
    )


def _by_tier(target: str) -> bool:
    """Whether a tier may judge the target: no number, or one without a comparison sign."""
    return split_value(target).value.operator is None


def put_actual(row: EvaluationRow, actual: Actual) -> None:
    """Write a measured value into a row; a tier that somebody judged stays where none is computed."""
    row.actual, row.value, row.degree, row.basis = actual.text, actual.value, actual.degree, actual.basis
    row.shown, row.reading, row.lacks = actual.shown[:300], actual.reading, actual.reason[:300]
    row.sample, row.url, row.adjusted = actual.sample[:300], actual.url[:300], dict(actual.adjusted or {})
    if actual.tier:
        row.tier, row.tier_rate, row.tier_by = actual.tier, actual.tier_rate, ""
    elif not row.tier_by:
        row.tier, row.tier_rate = "", None


def rule_row(row: EvaluationRow) -> Row:
    """A row as the rules score it."""
    judged = bool(row.tier) and not (is_number(_plain_row(row)) and row.actual)
    reduction = None
    if row.reduction_rate is not None:
        reduction = Reduction(row.reduction_rate, f"{row.reduction_name}：{row.reduction_reason}")
    return Row(
        level1=row.level1,
        level2=row.level2,
        level3=row.level3,
        target=row.target,
        actual=row.actual or None,
        weight=row.weight,
        tier=row.tier if judged else None,
        tier_rate=row.tier_rate if judged else None,
        deviation=row.cause,
        reduction=reduction,
    )


def _plain_row(row: EvaluationRow) -> Row:
    return Row(row.level1, row.level2, row.level3, row.target)


def facts_of(head: SelfEvaluation, rows: Sequence[EvaluationRow], budget: Budget) -> Evaluation:
    """A self-evaluation as the rules score it."""
    return Evaluation(
        schema=head.schema,
        budget=budget,
        rows=tuple(rule_row(row) for row in rows),
        project=head.project_code,
        day=head.day or day_of(head.fiscal_year),
        fiscal_year=head.fiscal_year,
    )


def budget_of(head: SelfEvaluation, funds: Iterable[Fund]) -> Budget:
    """The whole year's money; a budget of zero where no money is known."""
    whole = next((each for each in funds if each.kind == "total"), None)
    if whole is None:
        return Budget(None, Decimal(0), Decimal(0), head.execution_reason)
    return Budget(whole.initial, whole.adjusted, whole.executed, head.execution_reason)


def agreed(target_set: TargetSet) -> bool:
    """Whether a set may be evaluated: approved or published; the demo's draft stands for the published text."""
    return target_set.is_demo or target_set.state in {APPROVED, PUBLISHED}


@dataclass(frozen=True, slots=True)
class Provisional:
    """What a self-evaluation would come to now: points by row where they can be told, and why not where they cannot."""

    rows: tuple[ScoredRow | None, ...]
    whole: Scored | None
    refused: str = ""


def provisional(facts: Evaluation, law: LawOf) -> Provisional:
    """Score as far as values reach."""
    try:
        whole = score(facts, law)
    except EvaluationError as error:
        said = "，".join(part for part in (error.where, error.what) if part)
        return Provisional(tuple(_each(facts, law)), None, f"{said}。")
    return Provisional(whole.rows, whole)


def _each(facts: Evaluation, law: LawOf) -> Iterable[ScoredRow | None]:
    try:
        schema = schema_of(facts.schema, law)
        weights = weights_of(facts.rows, schema)
    except EvaluationError:
        return [None] * len(facts.rows)
    ground, found = Ground(schema, law, facts.fiscal_year), list[ScoredRow | None]()
    for number, (row, weight) in enumerate(zip(facts.rows, weights, strict=True), 1):
        try:
            found.append(scored(number, row, weight, ground))
        except EvaluationError:
            found.append(None)
    return found


def stage_of(
    head: SelfEvaluation,
    rows: Sequence[EvaluationRow],
    facts: Evaluation,
    law: LawOf,
    *,
    agreed: bool = True,
) -> Stage:
    """A self-evaluation as the rules of the stages look at it."""
    found = provisional(facts, law)
    schema: Schema = schema_of(head.schema, law)
    budget = facts.budget
    share = (
        Fraction(budget.executed) / Fraction(budget.adjusted) * HUNDRED
        if budget.adjusted
        else Fraction(HUNDRED)
    )
    return Stage(
        project=head.project_code,
        day=head.day or day_of(head.fiscal_year),
        schema=schema,
        rows=tuple(_stage_row(row, each) for row, each in zip(rows, found.rows, strict=True)),
        targets_agreed=agreed,
        done=head.done,
        executed=share,
        execution_reason=head.execution_reason,
    )


def _stage_row(row: EvaluationRow, found: ScoredRow | None) -> StageRow:
    return StageRow(
        number=row.number,
        name=row.level3 or row.level2 or row.level1,
        weight=found.weight if found else row.weight or Decimal(0),
        score=row.score if row.score is not None else (found.score if found else None),
        has_value=bool(row.actual) or bool(row.tier),
        bound=row.basis != Basis.UNBOUND.value,
        reached=found.reached if found else None,
        cause=row.cause,
        improvement=row.improvement,
        reduced=row.reduction_rate is not None,
        own=row.own_score,
        own_reason=row.own_reason,
    )


def execution_of(facts: Evaluation, law: LawOf) -> tuple[Decimal, Decimal, Decimal] | None:
    """Rate, weight and points of the execution; none where there is no budget."""
    try:
        found = executed(facts.budget, schema_of(facts.schema, law))
    except EvaluationError:
        return None
    return found.rate, found.weight, found.score
