"""The year at a glance, results applied, and how frozen figures compare with today's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.performance.evaluation import measured, permissions
from youju.performance.evaluation.facts import actual_of
from youju.performance.evaluation.models import (
    AppliedResult,
    DepartmentEvaluation,
    EvaluationRow,
    KeyEvaluation,
    SelfEvaluation,
)
from youju.performance.evaluation.selectors.selves import self_of
from youju.performance.targets import selectors as targets
from youju.rules.performance.evaluation.lifecycle import APPLIED, APPROVED, FILLING, RECHECKED, STATES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

_APPROVED = (APPROVED, RECHECKED, APPLIED)


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A row's points that count so far (those of finance where there are any), and how they came about."""

    number: int
    weight: Decimal
    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """A project's result of a year, for the next year's proposals. ``applied`` is false while finance is not done.

    ``total`` is the score that counts so far (that of finance where there is one), ``self_total`` the section's own; ``missed``
    names rows below their points as (number, name, share of the points in per cent). ``until`` is the last day whose data counts,
    ``law_hash`` the hash of the law that scored, ``approved_on`` the day on which the head approved, ``None`` before.
    """

    project_code: str
    project_name: str
    fiscal_year: int
    total: Decimal
    grade: str
    follows: str
    follows_text: str
    applied: bool
    decided_at: datetime | None
    missed: tuple[tuple[int, str, Decimal], ...]
    url: str = ""
    self_total: Decimal | None = None
    self_grade: str = ""
    approved_on: date | None = None
    until: date | None = None
    law_hash: str = ""
    rows: tuple[ScoredRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """A year: its self-evaluations in the document's order, counts, department, key evaluations."""

    year: int
    years: Sequence[int]
    target_set: TargetSet | None
    rows: Sequence[SelfEvaluation]
    states: Mapping[str, int]
    grades: Mapping[str, int]
    mean: Decimal | None
    department: DepartmentEvaluation | None
    keys: Sequence[KeyEvaluation]
    may_open: bool
    may_export: bool


@dataclass(frozen=True, slots=True)
class Drift:
    """A frozen value that today's records would give otherwise."""

    row: EvaluationRow
    now: str
    now_value: Decimal | None


def overview(actor: User, year: int | None = None) -> Overview:
    """A year, the latest one without ``year``. Six queries.

    Raises:
        PermissionDenied: the actor sees no evaluations.
    """
    require(actor, permissions.VIEW)
    sets = targets.active_sets()
    years = sorted(
        {each.fiscal_year for each in sets}
        | set(SelfEvaluation.objects.order_by().values_list("fiscal_year", flat=True).distinct()),
        reverse=True,
    )
    begun = SelfEvaluation.objects.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    chosen = year or begun or (years[0] if years else 0)
    rows = list(SelfEvaluation.objects.filter(fiscal_year=chosen))
    totals = [counted for each in rows if (counted := score_of(each)[0]) is not None]
    states = {label: sum(each.state == code for each in rows) for code, label in STATES.items()}
    grades: dict[str, int] = {}
    for each in rows:
        if grade := score_of(each)[1]:
            grades[grade] = grades.get(grade, 0) + 1
    may_open = allowed(actor, permissions.CHECK) or allowed(actor, permissions.FILL)
    return Overview(
        year=chosen,
        years=years,
        target_set=next((each for each in sets if each.fiscal_year == chosen), None),
        rows=rows,
        states=states,
        grades={name: grades[name] for name in ("优", "良", "中", "差") if name in grades},
        mean=(sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01")) if totals else None,
        department=DepartmentEvaluation.objects.filter(fiscal_year=chosen).first(),
        keys=list(KeyEvaluation.objects.filter(fiscal_year=chosen)),
        may_open=may_open,
        may_export=allowed(actor, permissions.EXPORT),
    )


def score_of(row: SelfEvaluation) -> tuple[Decimal | None, str]:
    """The score and grade that count so far."""
    if row.recheck_total is not None:
        return row.recheck_total, row.recheck_grade
    return row.total, row.grade


def applied_results(actor: User, year: int | None = None) -> QuerySet[AppliedResult]:
    """Results that were applied.

    Raises:
        PermissionDenied: the actor sees no evaluations.
    """
    require(actor, permissions.VIEW)
    rows = AppliedResult.objects.select_related("evaluation")
    return rows.filter(fiscal_year=year) if year else rows


def results(fiscal_year: int) -> dict[str, Result]:
    """Every scored project of a year by its code, for other rooms: who may ask is their business. Two queries."""
    heads = SelfEvaluation.objects.filter(fiscal_year=fiscal_year).exclude(state=FILLING)
    found = {}
    for head in heads.select_related("result").prefetch_related("rows"):
        total, grade = score_of(head)
        if total is None:
            continue
        applied = getattr(head, "result", None)
        found[head.project_code] = Result(
            project_code=head.project_code,
            project_name=head.project_name,
            fiscal_year=fiscal_year,
            total=total,
            grade=grade,
            follows=applied.follows if applied else "",
            follows_text=applied.follows_text if applied else "",
            applied=applied is not None,
            decided_at=applied.decided_at if applied else None,
            missed=tuple(_missed(head.rows.all())),
            url=f"/evaluation/{head.pk}/",
            self_total=head.total,
            self_grade=head.grade,
            approved_on=_approved_on(head),
            until=head.until,
            law_hash=head.policy_hash,
            rows=tuple(_scored(head.rows.all())),
        )
    return found


def approved_grades(fiscal_year: int) -> dict[str, str]:
    """The grade that counts of every approved project of a year by its code. One query."""
    heads = SelfEvaluation.objects.filter(fiscal_year=fiscal_year, state__in=_APPROVED)
    return {each.project_code: score_of(each)[1] for each in heads}


def _approved_on(head: SelfEvaluation) -> date | None:
    if head.state not in _APPROVED:
        return None
    return timezone.localdate(head.approved_at) if head.approved_at else head.day


def _scored(rows: QuerySet[EvaluationRow]) -> Iterator[ScoredRow]:
    for row in rows:
        own = row.own_score is not None
        score = row.own_score if own else row.score
        if score is not None and row.weight is not None:
            yield ScoredRow(row.number, row.weight, score, (own and row.own_reason) or row.reason)


def _missed(rows: QuerySet[EvaluationRow]) -> list[tuple[int, str, Decimal]]:
    found = []
    for row in rows:
        score = row.score if row.own_score is None else row.own_score
        if score is not None and row.weight and score < row.weight:
            name = row.level3 or row.level2 or row.level1
            found.append((row.number, name, (score * 100 / row.weight).quantize(Decimal("0.01"))))
    return found


def drifts(actor: User, number: int) -> list[Drift]:
    """Rows of a frozen self-evaluation whose value would be another one by today's records.

    Raises:
        PermissionDenied: the actor sees no evaluations.
        InputError: there is none such (404).
    """
    head = self_of(actor, number)
    if head.state == FILLING or head.until is None:
        return []
    rows = {row.number: row for row in head.rows.all()}
    found = []
    for each in measured.live_project(actor, head.target_set, head.project_code, head.until):
        row, now = rows.get(each.row), actual_of(each)
        if row is not None and row.basis == "computed" and row.value != _stored(now.value):
            found.append(Drift(row, now.shown, now.value))
    return found


def _stored(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.000001"))
