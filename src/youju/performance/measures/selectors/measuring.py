"""All rows of a document with their live values: one pass over the engines, each distinct question asked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from youju.analytics.answers import Question
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period, add_months
from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.performance.measures import permissions
from youju.performance.measures.selectors.asking import (
    Asker,
    Readings,
    ask_engines,
    distinct,
    questions_of,
    terms_of,
    total,
)
from youju.performance.measures.selectors.bound import Known, known_rows
from youju.performance.measures.selectors.building import Asked, Ground, measured
from youju.performance.measures.selectors.documents import placed
from youju.performance.measures.selectors.periods import period_until
from youju.performance.measures.selectors.values import MeasuredRow
from youju.rules.law import Law
from youju.rules.performance.measures.expecting import MONTHS, accumulates

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet


def measured_rows(
    *, actor: User | None, target_set: TargetSet, until: date | None = None, trend: bool = False
) -> list[MeasuredRow]:
    """Every row of a version in the document's order, with the value of the fiscal year's first day up to a day.

    Args:
        actor: who asks; values are of the rows that this person reaches. ``None`` at the machine's own command line.
        target_set: which version.
        until: a day of the fiscal year, whose whole month counts; None: today, or the year's end once it is over.
        trend: whether each row gets its monthly values: twelve times as many questions.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: ``until`` lies outside the fiscal year (422).
    """
    return _measured(actor, target_set, until, None, trend=trend)


def measured_project(
    *, actor: User | None, target_set: TargetSet, code: str, until: date | None = None, trend: bool = True
) -> list[MeasuredRow]:
    """The rows of one project, with their monthly values unless told not to; none where the version has no such project.

    Raises:
        PermissionDenied, InputError: as :func:`measured_rows`.
    """
    return _measured(actor, target_set, until, code, trend=trend)


def _measured(
    actor: User | None, target_set: TargetSet, until: date | None, code: str | None, *, trend: bool
) -> list[MeasuredRow]:
    if actor is not None:
        require(actor, permissions.VIEW)
    period = period_until(target_set.fiscal_year, until)
    known = known_rows(target_set, placed(target_set, code), period.last_day)
    return build(target_set, known, period, ask_engines, trend=trend)


@dataclass(slots=True)
class _Plan:
    """What is asked of each row."""

    now: list[list[Question]]
    months: list[list[list[Question]]]
    before: list[tuple[list[Question], list[Question]] | None]

    def all(self) -> list[Question]:
        return distinct(
            [
                *(each for asked in self.now for each in asked),
                *(each for row in self.months for asked in row for each in asked),
                *(each for pair in self.before if pair for asked in pair for each in asked),
            ]
        )


def build(
    target_set: TargetSet, known: Sequence[Known], period: Period, ask: Asker, *, trend: bool = False
) -> list[MeasuredRow]:
    """The rows with their values, as ``ask`` answers for them."""
    law = law_on(period.last_day)
    plan = _planned(known, period, law, trend=trend)
    readings = ask(plan.all())
    ground = Ground(target_set.fiscal_year, period, law)
    return [measured(each, ground, _asked(plan, place, period, readings)) for place, each in enumerate(known)]


def now_questions(known: Sequence[Known], period: Period) -> list[list[Question]]:
    """Of each row what its value is made of."""
    return [questions_of(each.binding, period) if each.binding else [] for each in known]


def _planned(known: Sequence[Known], period: Period, law: Law, *, trend: bool) -> _Plan:
    months = [Period(period.start, add_months(month, 1)) for month in period.months] if trend else []
    plan = _Plan(now_questions(known, period), [], [])
    for each in known:
        plan.months.append([questions_of(each.binding, month) for month in months] if each.binding else [])
        plan.before.append(_before(each, period, law))
    return plan


def _before(known: Known, period: Period, law: Law) -> tuple[list[Question], list[Question]] | None:
    """Last year's same months and whole, where a forecast goes by them. A project's code has no last year."""
    binding = known.binding
    if binding is None or len(period.months) >= MONTHS or not accumulates(binding.metric, law):
        return None
    codes = terms_of(binding.metric)
    if not codes or "project" in binding.parameters or any(code not in metrics() for code in codes):
        return None
    return questions_of(binding, period.year_before()), questions_of(
        binding, Period.year(period.start.year - 1)
    )


def _asked(plan: _Plan, place: int, period: Period, readings: Readings) -> Asked:
    now = plan.now[place]
    pair = plan.before[place]
    return Asked(
        now=total(now, readings) if now else None,
        months=tuple(
            (Period.month(month).last_day, total(asked, readings).value)
            for month, asked in zip(period.months, plan.months[place], strict=False)
            if asked
        ),
        before=None if pair is None else (total(pair[0], readings).value, total(pair[1], readings).value),
    )
