"""Key evaluations: the list, one of them with its points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.models import ExpertPoint, KeyEvaluation, KeyItem
from youju.rules.findings import Finding
from youju.rules.performance.evaluation import keys as rules
from youju.rules.performance.evaluation.judging import judge_key
from youju.rules.performance.evaluation.lifecycle import SCORING
from youju.rules.performance.evaluation.schemas import schema_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Points = Mapping[int, Mapping[str, Decimal]]
"""Item number → expert → points."""


@dataclass(frozen=True, slots=True)
class KeyPage:
    """One key evaluation: result, points by item and expert, comments, what the rules say, the way."""

    row: KeyEvaluation
    result: rules.KeyResult
    comments: Mapping[int, Sequence[tuple[str, str]]]
    findings: Sequence[Finding]
    case: workflow.CaseView | None
    milestones: Sequence[workflow.Milestone]
    log: Sequence[workflow.StepView]
    options: Sequence[workflow.Available]
    documents: Sequence[DocumentView]
    may_score: bool
    may_export: bool


def key_evaluations(actor: User, year: int | None = None) -> QuerySet[KeyEvaluation]:
    """All of them, or those of a year.

    Raises:
        PermissionDenied: the actor sees no evaluations.
    """
    require(actor, permissions.VIEW)
    rows = KeyEvaluation.objects.all()
    return rows.filter(fiscal_year=year) if year else rows


def key_of(actor: User, number: int) -> KeyEvaluation:
    """One of them.

    Raises:
        PermissionDenied: the actor sees no evaluations.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    row = KeyEvaluation.objects.filter(pk=number).first() if number <= 10**15 else None
    if row is None:
        raise InputError("没有这项重点评价", how="请从列表里打开", status=404)
    return row


def key_page(actor: User, number: int) -> KeyPage:
    """One of them with all that hangs on it. About ten queries."""
    row = key_of(actor, number)
    items, points = items_of(row)
    subject = events.key_subject(row)
    comments: dict[int, list[tuple[str, str]]] = {}
    for each in ExpertPoint.objects.filter(item__key=row).exclude(comment="").select_related("item"):
        comments.setdefault(each.item.number, []).append((each.expert, each.comment))
    edits = allowed(actor, permissions.SCORE) and row.state == SCORING
    return KeyPage(
        row=row,
        result=_result(row, items, points),
        comments=comments,
        findings=judge_key(case_of_key(row, items, points), law_on(row.day)),
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
        documents=documents(subject),
        may_score=edits,
        may_export=allowed(actor, permissions.EXPORT),
    )


def items_of(row: KeyEvaluation) -> tuple[list[KeyItem], Points]:
    """Items and points. Two queries."""
    items = list(row.items.all())
    points: dict[int, dict[str, Decimal]] = {}
    for number, expert, score in ExpertPoint.objects.filter(item__key=row).values_list(
        "item__number", "expert", "score"
    ):
        points.setdefault(number, {})[expert] = score
    return items, points


def case_of_key(
    row: KeyEvaluation, items: Sequence[KeyItem], points: Points, *, closing: bool = False
) -> rules.KeyCase:
    """It as the rules look at it."""
    return rules.KeyCase(row.project_code, row.day, _facts(row, items, points), closing)


def result_of(row: KeyEvaluation) -> rules.KeyResult:
    """Means, sums, total and grade."""
    return _result(row, *items_of(row))


def _result(row: KeyEvaluation, items: Sequence[KeyItem], points: Points) -> rules.KeyResult:
    law = law_on(row.day)
    return rules.scored_key(_facts(row, items, points), schema_of(row.schema, law), law)


def _facts(row: KeyEvaluation, items: Sequence[KeyItem], points: Points) -> tuple[rules.KeyItem, ...]:
    return tuple(
        rules.KeyItem(
            each.number,
            each.part,
            each.name,
            each.standard,
            each.weight,
            {expert: points.get(each.number, {}).get(expert) for expert in row.experts},
        )
        for each in items
    )
