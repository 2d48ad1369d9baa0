"""Proposals of next year's targets for lists, pages and programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.performance.proposals import events, permissions
from youju.performance.proposals.facts import indicator_of, proposal_facts
from youju.performance.proposals.models import Proposal, ProposedRow
from youju.rules.findings import Finding, Severity
from youju.rules.performance.proposals.judging import judge
from youju.rules.performance.proposals.lifecycle import DRAFT
from youju.rules.performance.targets.codec import from_json
from youju.rules.performance.targets.facts import Project, TargetDocument

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class RowView:
    """A proposed row with what the rules say of it."""

    row: ProposedRow
    said: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """A proposal with its rows; ``missing`` counts what stops its adoption."""

    row: Proposal
    rows: tuple[RowView, ...]
    milestones: tuple[workflow.Milestone, ...]
    case: workflow.CaseView | None
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    missing: int
    cured: int
    may_edit: bool


def proposals(actor: User) -> QuerySet[Proposal]:
    """Proposals, the latest year first, each with its rows and how many a person changed, counted.

    Raises:
        PermissionDenied: the actor sees no proposals.
    """
    require(actor, permissions.VIEW)
    return Proposal.objects.defer("document").annotate(
        count=Count("rows"), edited=Count("rows", filter=Q(rows__edited=True))
    )


def proposal_of(actor: User, number: str) -> Proposal:
    """A proposal by its number.

    Raises:
        PermissionDenied: the actor sees no proposals.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Proposal.objects.filter(number=number.replace("\0", " ")).first()
    if found is None:
        raise InputError("没有这份目标建议", where=number[:20], how="请回到下年目标建议", status=404)
    return found


def proposal_page(actor: User, number: str, code: str = "") -> ProposalPage:
    """A proposal, or with the rows of one project alone. A fixed number of queries.

    Raises:
        PermissionDenied: the actor sees no proposals.
        InputError: there is none (404).
    """
    row = proposal_of(actor, number)
    today = timezone.localdate()
    law, subject = law_on(today), events.proposal_subject(row)
    views = [RowView(each, tuple(judge(proposal_facts(each, today), law))) for each in row.rows.all()]
    missing = sum(said.severity is Severity.ERROR for view in views for said in view.said)
    shown = [view for view in views if not code or view.row.code == code]
    return ProposalPage(
        row=row,
        rows=tuple(shown),
        milestones=tuple(workflow.milestones(subject)),
        case=workflow.case(subject),
        log=tuple(workflow.log_of(subject)),
        options=tuple(workflow.available(subject, actor)),
        missing=missing,
        cured=sum(len(view.row.cures) for view in views),
        may_edit=row.state == DRAFT and allowed(actor, permissions.EDIT),
    )


def document_of(row: Proposal, rows: Sequence[ProposedRow] | None = None) -> TargetDocument:
    """The proposal as a document of targets: next year, this year's projects and plans, the proposed rows.

    Budget, plan and code of each project stay this year's until finance gives next year's.
    """
    source = from_json(row.document)
    by_code: dict[str, list[ProposedRow]] = {}
    for each in row.rows.all() if rows is None else rows:
        by_code.setdefault(each.code, []).append(each)

    def project(each: Project) -> Project:
        return replace(each, indicators=tuple(indicator_of(one) for one in by_code.get(each.code, ())))

    return replace(
        source,
        document=replace(source.document, fiscal_year=row.year),
        projects=tuple(project(each) for each in source.projects),
    )


def export_rows(actor: User, number: str) -> QuerySet[ProposedRow]:
    """The rows of a proposal for its list and exports.

    Raises:
        PermissionDenied: the actor sees no proposals.
        InputError: there is none (404).
    """
    return proposal_of(actor, number).rows.all()


def plain_proposal(actor: User, number: str) -> dict[str, Any]:
    """A proposal with its rows as plain data, for programs.

    Raises:
        PermissionDenied: the actor sees no proposals.
        InputError: there is none (404).
    """
    row = proposal_of(actor, number)
    names = (
        "code", "row", "level1", "level2", "former_name", "former_value", "reached", "url", "level3", "description",
        "raw_value", "basis", "method", "cures", "edited", "reason",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in ("number", "year", "until", "state")},
        "unit": row.unit_name or row.unit_key,
        "rows": [
            {name: getattr(each, name) for name in names}
            | {"baseline": _text(each.baseline), "last_year": _text(each.last_year)}
            for each in row.rows.all()
        ],
    }


def _text(value: Any) -> str | None:
    return None if value is None else f"{value.normalize():f}"
