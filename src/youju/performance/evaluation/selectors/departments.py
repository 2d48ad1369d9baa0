"""The department's year as its page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.workflow import selectors as workflow
from youju.performance.evaluation import events, permissions
from youju.performance.evaluation.models import DepartmentEvaluation, DepartmentLine, SelfEvaluation
from youju.rules.performance.evaluation.lifecycle import DRAFTED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """The department's points line by line; ``row`` is ``None`` where nothing was computed."""

    year: int
    row: DepartmentEvaluation | None
    lines: Sequence[DepartmentLine]
    keys: Mapping[str, int]
    case: workflow.CaseView | None
    milestones: Sequence[workflow.Milestone]
    log: Sequence[workflow.StepView]
    options: Sequence[workflow.Available]
    documents: Sequence[DocumentView]
    may_make: bool
    may_export: bool


def department_page(actor: User, year: int) -> DepartmentPage:
    """A year's. About ten queries.

    Raises:
        PermissionDenied: the actor sees no evaluations.
    """
    require(actor, permissions.VIEW)
    row = DepartmentEvaluation.objects.filter(fiscal_year=year).first()
    makes = allowed(actor, permissions.CHECK) or allowed(actor, permissions.SCORE)
    if row is None:
        return DepartmentPage(year, None, (), {}, None, (), (), (), (), makes, False)
    subject = events.department_subject(row)
    heads = SelfEvaluation.objects.filter(fiscal_year=year).values_list("project_code", "pk")
    return DepartmentPage(
        year=year,
        row=row,
        lines=tuple(row.lines.all()),
        keys=dict(heads),
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
        documents=tuple(documents(subject)),
        may_make=makes and row.state == DRAFTED,
        may_export=allowed(actor, permissions.EXPORT),
    )
