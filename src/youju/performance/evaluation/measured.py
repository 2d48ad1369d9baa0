"""What this room asks of the rooms below, in one place: measured rows, frozen figures, money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.analytics.answers import Question
from youju.analytics.metrics import metrics
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.many import engine_over
from youju.foundation.metrics.services import freeze_questions
from youju.foundation.policies import law_on
from youju.funds.payments.selectors import paid_by_month
from youju.funds.projects.selectors import of_year, sources_of
from youju.performance.measures import selectors as measures
from youju.performance.measures.selectors import MeasuredRow, period_until
from youju.performance.measures.selectors.asking import Reading, ask_engines, distinct
from youju.performance.measures.selectors.bound import known_rows
from youju.performance.measures.selectors.documents import placed
from youju.performance.measures.selectors.measuring import build, now_questions
from youju.rules.performance.evaluation.results import FundLine, fund_lines
from youju.rules.performance.targets.units import magnitude

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

_PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class FrozenMeasure:
    """A measure as it was frozen; hashes are sha256 in hex, ``period`` as ``Period.parse`` reads it."""

    metric: str
    parameters: Mapping[str, str]
    period: str
    value: Decimal | None
    unit: str
    combination: str
    formula_hash: str
    row_hash: str
    row_count: int
    engine: str
    as_of: datetime
    frozen: int | None


def live_project(actor: User, target_set: TargetSet, code: str, until: date) -> list[MeasuredRow]:
    """The rows of one project: the project's values, whoever looks.

    Raises:
        PermissionDenied: the actor may not see measures.
    """
    with reaching_all():
        return measures.measured_project(
            actor=actor, target_set=target_set, code=code, until=until, trend=False
        )


FrozenRows = tuple[list[MeasuredRow], dict[int, list[FrozenMeasure]]]
"""A project's rows, and the frozen figures behind them by row number."""


def frozen_rows(
    target_set: TargetSet, until: date, purpose: str, *, code: str | None = None
) -> dict[str, FrozenRows]:
    """Rows with their values, made of figures that are frozen in this transaction, by project; of all or of one project.

    The deed of the caller froze them: who may hand a self-evaluation in need not be one who may freeze any metric at will. What a
    signed statement stands on is kept by the statement.
    """
    period = period_until(target_set.fiscal_year, until)
    # The value is the project's, whoever hands it in: all rows, not those that this person happens to reach.
    with reaching_all():
        known = known_rows(target_set, placed(target_set, code), period.last_day)
        asked = now_questions(known, period)
        every = distinct(each for questions in asked for each in questions)
        figures = freeze_questions(actor=None, questions=every, engine_for=engine_over, purpose=purpose)

        def kept(questions: Sequence[Question]) -> dict[Question, Reading]:
            others = ask_engines([each for each in questions if each not in figures])
            frozen = {
                each: Reading(found.value, str(found.parts["reason"]), found.as_of)
                for each in questions
                if (found := figures.get(each)) is not None
            }
            return {**others, **frozen}

        rows_of_all = build(target_set, known, period, kept)
    found: dict[str, FrozenRows] = {}
    for row, questions in zip(rows_of_all, asked, strict=True):
        rows, behind = found.setdefault(row.project_code, ([], {}))
        rows.append(row)
        behind[row.row] = [_measure(each, figures[each]) for each in questions]
    return found


def _measure(question: Question, kept: Any) -> FrozenMeasure:
    return FrozenMeasure(
        metric=kept.code,
        parameters=dict(kept.parameters),
        period=str(question.period),
        value=kept.value,
        unit=kept.unit,
        combination=metrics()[kept.code].combination.name,
        formula_hash=kept.formula_hash,
        row_hash=kept.row_hash,
        row_count=kept.row_count,
        engine=kept.engine,
        as_of=kept.as_of,
        frozen=kept.pk,
    )


def money_of_year(fiscal_year: int, until: date, unit: str) -> dict[str, list[FundLine]]:
    """The form's money rows of every project of a year, by code, in a money unit such as 万元."""
    law = law_on(date(fiscal_year, 12, 31))
    one = magnitude("1", unit, law)[1]
    projects = of_year(fiscal_year)
    sources = sources_of(each.id for each in projects)
    paid = paid_by_month(fiscal_year, until)

    def told(amount: Decimal) -> Decimal:
        return (amount / one).quantize(_PLACES)

    return {
        each.code: fund_lines(
            [(kind, told(initial), told(adjusted)) for kind, initial, adjusted in sources.get(each.id, [])],
            told(sum(paid.get(each.id, {}).values(), Decimal(0))),
            law,
        )
        for each in projects
    }
