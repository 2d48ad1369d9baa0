"""Values taken from the measures, frozen, scored by the pure rules: what a submission stands on from then on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.evaluation import events, measured
from youju.performance.evaluation.facts import (
    actual_of,
    agreed,
    budget_of,
    day_of,
    facts_of,
    put_actual,
    stage_of,
)
from youju.performance.evaluation.measured import FrozenMeasure
from youju.performance.evaluation.models import EvaluationRow, Figure, Fund, SelfEvaluation
from youju.performance.evaluation.services.refusing import EvaluationRefusedError
from youju.performance.measures.selectors import MeasuredRow
from youju.rules.performance.evaluation.facts import EvaluationError
from youju.rules.performance.evaluation.judging import judge_submission
from youju.rules.performance.evaluation.results import FundLine
from youju.rules.performance.evaluation.scoring import Scored, score

_ROW_FIELDS = (
    "actual", "shown", "reading", "lacks", "value", "degree", "basis", "sample", "url", "adjusted", "tier", "tier_rate",
    "tier_by", "weight", "score", "reason",
)  # fmt: skip


def freeze(head: SelfEvaluation, until: date | None = None) -> Scored:
    """Take the values of the year up to a day (its last), freeze what is behind them, score, and write it all down.

    Within the caller's transaction; the record is locked.

    Raises:
        EvaluationRefusedError: the rules stop it.
        InputError: it cannot be scored.
    """
    until = until or day_of(head.fiscal_year)
    purpose = f"{head.fiscal_year} 年绩效自评 {head.project_code}"
    found = measured.frozen_rows(head.target_set, until, purpose, code=head.project_code)
    live, frozen = found.get(head.project_code, ([], {}))
    money = measured.money_of_year(head.fiscal_year, until, head.money_unit).get(head.project_code, [])
    return freeze_with(head, live, frozen, money, until=until)


def freeze_with(
    head: SelfEvaluation,
    live: Sequence[MeasuredRow],
    frozen: Mapping[int, Sequence[FrozenMeasure]],
    money: Sequence[FundLine],
    *,
    until: date,
) -> Scored:
    """The same with values, figures and money at hand."""
    rows = list(head.rows.all())
    by_number = {each.row: each for each in live}
    for row in rows:
        if row.number in by_number:
            put_actual(row, actual_of(by_number[row.number]))
    head.funds.all().delete()
    funds = Fund.objects.bulk_create(
        Fund(
            evaluation=head,
            kind=each.kind,
            initial=each.initial,
            adjusted=each.adjusted,
            executed=each.executed,
        )
        for each in money
    )
    head.day, head.until = day_of(head.fiscal_year), until
    law = law_on(head.day)
    facts = facts_of(head, rows, budget_of(head, funds))
    EvaluationRefusedError.unless_clear(
        judge_submission(stage_of(head, rows, facts, law, agreed=agreed(head.target_set)), law)
    )
    try:
        found = score(facts, law)
    except EvaluationError as error:
        raise InputError(error.what, where=error.where or str(head), how=error.how) from error
    head.policy_hash = law.hash
    _write(head, rows, found)
    Figure.objects.filter(row__evaluation=head).delete()
    figures = Figure.objects.bulk_create(
        Figure(
            row=row, order=order, metric=each.metric, parameters=dict(each.parameters), period=each.period, value=each.value,
            unit=each.unit, combination=each.combination, formula_hash=each.formula_hash, row_hash=each.row_hash,
            row_count=each.row_count, engine=each.engine, as_of=each.as_of, frozen=each.frozen,
        )
        for row in rows
        for order, each in enumerate(frozen.get(row.number, ()), 1)
    )  # fmt: skip
    after = {
        "total": str(found.total),
        "grade": found.grade,
        "execution_score": str(found.execution.score),
        "figures": len(figures),
    }
    record(events.FROZEN, events.self_subject(head), None, after)
    return found


def thaw(head: SelfEvaluation) -> None:
    """After a return: values are live again; what people wrote stays, and so do the frozen figures of the catalogue."""
    Figure.objects.filter(row__evaluation=head).delete()
    head.funds.all().delete()
    head.rows.update(
        actual="", shown="", reading="", lacks="", value=None, degree=None, sample="", url="", adjusted={}, score=None,
        reason="", own_score=None, own_reason="",
    )  # fmt: skip
    head.rows.filter(tier_by="").update(tier="", tier_rate=None)
    head.total = head.execution_rate = head.execution_weight = head.execution_score = None
    head.recheck_total, head.recheck_grade, head.recheck_note = None, "", ""
    head.grade, head.warnings, head.day, head.until, head.policy_hash = "", [], None, None, ""
    head.submitted_by, head.submitted_at = "", None
    head.approved_by, head.approved_at = "", None
    head.rechecked_by, head.rechecked_at = "", None
    record(events.THAWED, events.self_subject(head), None, None)


def _write(head: SelfEvaluation, rows: Sequence[EvaluationRow], found: Scored) -> None:
    for row, each in zip(rows, found.rows, strict=True):
        row.weight, row.score, row.reason = each.weight, each.score, each.reason
    EvaluationRow.objects.bulk_update(rows, _ROW_FIELDS)
    head.execution_rate, head.execution_weight = found.execution.rate, found.execution.weight
    head.execution_score, head.total, head.grade = found.execution.score, found.total, found.grade
    head.warnings = [each.as_json() for each in found.warnings]
    head.submitted_at = timezone.now()
