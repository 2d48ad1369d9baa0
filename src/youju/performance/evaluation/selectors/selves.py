"""Self-evaluations: the list, one of them with every row, live while it is filled in and frozen afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.performance.evaluation import events, measured, permissions
from youju.performance.evaluation.facts import (
    actual_of,
    agreed,
    budget_of,
    day_of,
    execution_of,
    facts_of,
    provisional,
    put_actual,
    stage_of,
)
from youju.performance.evaluation.models import EvaluationRow, Figure, Fund, SelfEvaluation
from youju.rules.findings import Finding
from youju.rules.performance.evaluation.judging import judge_submission
from youju.rules.performance.evaluation.lifecycle import APPROVED, FILLING, SUBMITTED
from youju.rules.performance.evaluation.schemas import Schema, schema_of
from youju.rules.performance.targets.values import split_value

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST = 10**15


@dataclass(frozen=True, slots=True)
class SelfFilter:
    """What narrows the list; blanks narrow nothing."""

    q: str = ""
    year: int | None = None
    state: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row as the page shows it. ``score`` is provisional while the evaluation is filled in; ``findings`` are about this row."""

    row: EvaluationRow
    weight: Decimal | None
    score: Decimal | None
    reason: str
    figures: Sequence[Figure]
    findings: Sequence[Finding]
    may_tier: bool
    far_above: bool

    @property
    def short(self) -> bool:
        """Whether it has less than its points."""
        return self.score is not None and self.weight is not None and self.score < self.weight

    @property
    def difference(self) -> Decimal | None:
        """Finance's points less the section's, where they differ."""
        own, score = self.row.own_score, self.row.score
        return None if own is None or score is None or own == score else own - score


@dataclass(frozen=True, slots=True)
class SelfPage:
    """One self-evaluation with all that hangs on it."""

    head: SelfEvaluation
    schema: Schema
    rows: Sequence[RowView]
    funds: Sequence[Fund]
    execution: tuple[Decimal, Decimal, Decimal] | None
    total: Decimal | None
    grade: str
    refused: str
    findings: Sequence[Finding]
    missing: Sequence[Finding]
    case: workflow.CaseView | None
    milestones: Sequence[workflow.Milestone]
    log: Sequence[workflow.StepView]
    options: Sequence[workflow.Available]
    files: Sequence[Attached]
    documents: Sequence[DocumentView]
    may_fill: bool
    may_reduce: bool
    may_recheck: bool
    may_apply: bool
    may_export: bool
    may_attach: bool = False
    rows_by_number: Mapping[int, RowView] = field(default_factory=dict)

    @property
    def frozen(self) -> bool:
        """Whether its figures are frozen."""
        return self.head.state != FILLING

    @property
    def difference(self) -> Decimal | None:
        """The total of finance less the section's."""
        if self.head.recheck_total is None or self.head.total is None:
            return None
        return self.head.recheck_total - self.head.total


def self_evaluations(actor: User, wish: SelfFilter | None = None) -> QuerySet[SelfEvaluation]:
    """The self-evaluations that fit.

    Raises:
        PermissionDenied: the actor sees no evaluations.
    """
    require(actor, permissions.VIEW)
    wish = wish or SelfFilter()
    rows = SelfEvaluation.objects.all()
    if wish.year:
        rows = rows.filter(fiscal_year=wish.year)
    if wish.state:
        rows = rows.filter(state=wish.state)
    if wish.grade:
        rows = rows.filter(grade=wish.grade)
    for word in wish.q.replace("\0", "").split():
        rows = rows.filter(Q(project_name__icontains=word) | Q(project_code__icontains=word))
    return rows


def self_of(actor: User, number: int) -> SelfEvaluation:
    """One of them.

    Raises:
        PermissionDenied: the actor sees no evaluations.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    row = (
        SelfEvaluation.objects.select_related("target_set").filter(pk=number).first()
        if number <= MOST
        else None
    )
    if row is None:
        raise InputError("没有这份自评", how="请从列表里打开", status=404)
    return row


def self_page(actor: User, number: int) -> SelfPage:
    """One self-evaluation. While it is filled in its values are those of now, asked of the measures."""
    head = self_of(actor, number)
    rows = list(head.rows.prefetch_related("figures"))
    funds = list(head.funds.all())
    if head.state == FILLING:
        funds = _live(actor, head, rows)
    law = law_on(head.day or day_of(head.fiscal_year))
    schema = schema_of(head.schema, law)
    facts = facts_of(head, rows, budget_of(head, funds))
    found = provisional(facts, law)
    stage = stage_of(head, rows, facts, law, agreed=agreed(head.target_set))
    missing = judge_submission(stage, law) if head.state == FILLING else []
    warnings = list(found.whole.warnings) if found.whole else []
    subject = events.self_subject(head)
    at_row: dict[int, list[Finding]] = {}
    for each in [*warnings, *missing]:
        if isinstance(place := each.at.get("row"), int):
            at_row.setdefault(place, []).append(each)
    views = tuple(
        RowView(
            row=row,
            weight=scored.weight if scored else row.weight,
            score=row.score if row.score is not None else (scored.score if scored else None),
            reason=row.reason or (scored.reason if scored else ""),
            figures=tuple(row.figures.all()),
            findings=tuple(at_row.get(row.number, ())),
            may_tier=split_value(row.target).value.operator is None
            and (not row.tier or bool(row.tier_by))
            and row.value is None,
            far_above=bool(
                scored and scored.reached is not None and scored.reached * 100 > schema.over_target
            ),
        )
        for row, scored in zip(rows, found.rows, strict=True)
    )
    return SelfPage(
        head=head,
        schema=schema,
        rows=views,
        funds=tuple(funds),
        execution=execution_of(facts, law),
        total=head.total if head.total is not None else (found.whole.total if found.whole else None),
        grade=head.grade or (found.whole.grade if found.whole else ""),
        refused=found.refused,
        findings=tuple(each for each in warnings if each.at.get("row") is None),
        missing=tuple(missing),
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=tuple(each for each in workflow.available(subject, actor) if each.code != "apply"),
        files=tuple(attachments(subject)),
        documents=tuple(documents(subject)),
        may_fill=allowed(actor, permissions.FILL) and head.state == FILLING,
        may_reduce=allowed(actor, permissions.CHECK) and head.state == SUBMITTED,
        may_recheck=allowed(actor, permissions.RECHECK) and head.state == APPROVED,
        may_apply=any(
            each.code == "apply" and not each.blocked for each in workflow.available(subject, actor)
        ),
        may_export=allowed(actor, permissions.EXPORT),
        may_attach=allowed(actor, permissions.FILL) and head.state in (FILLING, SUBMITTED),
        rows_by_number={each.row.number: each for each in views},
    )


def _live(actor: User, head: SelfEvaluation, rows: Sequence[EvaluationRow]) -> list[Fund]:
    """Values and money of now, put into rows that are not saved."""
    until = day_of(head.fiscal_year)
    for each in measured.live_project(actor, head.target_set, head.project_code, until):
        row = next((row for row in rows if row.number == each.row), None)
        if row is not None:
            put_actual(row, actual_of(each))
    money = measured.money_of_year(head.fiscal_year, until, head.money_unit).get(head.project_code, [])
    return [
        Fund(
            evaluation=head,
            kind=each.kind,
            initial=each.initial,
            adjusted=each.adjusted,
            executed=each.executed,
        )
        for each in money
    ]


def findings_of(head: SelfEvaluation) -> list[Finding]:
    """What the warnings of a frozen one say."""
    names = ("rule", "severity", "message", "suggestion")
    return [
        Finding(
            each["message"],
            each["suggestion"],
            {name: each[name] for name in each if name not in names},
            each["rule"],
            each["severity"],
        )
        for each in head.warnings
    ]


__all__ = ["RowView", "SelfFilter", "SelfPage", "findings_of", "self_evaluations", "self_of", "self_page"]
