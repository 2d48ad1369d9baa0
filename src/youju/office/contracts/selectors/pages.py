"""One contract and one deliverable as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.office.contracts import events, permissions
from youju.office.contracts.facts import facts_of
from youju.office.contracts.models import Contract, Deliverable, Instalment, Opinion
from youju.office.contracts.selectors.lists import deliverable_of, one_of, standing
from youju.rules.findings import Finding
from youju.rules.law import text
from youju.rules.office.contracts.judging import judge
from youju.rules.office.contracts.lifecycle import ACCEPTED, DELIVERABLE_FLOW, IN_FORCE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LABELS = {state.code: state.label for state in DELIVERABLE_FLOW.states}


@dataclass(frozen=True, slots=True)
class Part:
    """A deliverable in the list of its contract."""

    row: Deliverable
    state_label: str
    late: bool


@dataclass(frozen=True, slots=True)
class ContractPage:
    """A contract with what hangs on it; ``accepted``: what the accepted deliverables cost, CNY; ``hours``: of counsel."""

    contract: Contract
    state_label: str
    parts: tuple[Part, ...]
    instalments: tuple[Instalment, ...]
    opinions: tuple[Opinion, ...]
    papers: tuple[Attached, ...]
    accepted: Decimal
    agreed: Decimal
    hours: Decimal
    is_counsel: bool
    findings: tuple[Finding, ...]
    may_edit: bool


@dataclass(frozen=True, slots=True)
class DeliverablePage:
    """A deliverable: its way, what this user may do with it, the sheets that were made of it."""

    row: Deliverable
    contract: Contract
    state_label: str
    late: bool
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    sheets: tuple[DocumentView, ...]
    may_deliver: bool

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own."""
        return tuple(each for each in self.options if each.code != "deliver" or each.blocked)


def contract_page(actor: User, contract_id: int) -> ContractPage:
    """One contract. A handful of queries, however much hangs on it.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: there is none (404).
    """
    row, today = one_of(actor, contract_id), timezone.localdate()
    law = law_on(today)
    parts = tuple(_part(each) for each in row.deliverables.all())
    instalments = tuple(row.instalments.select_related("after"))
    opinions = tuple(row.opinions.all())
    return ContractPage(
        contract=row,
        state_label=standing(row),
        parts=parts,
        instalments=instalments,
        opinions=opinions,
        papers=tuple(attachments(events.subject_of(row))),
        accepted=sum((each.row.price for each in parts if each.row.state == ACCEPTED), Decimal(0)),
        agreed=sum((each.amount for each in instalments), Decimal(0)),
        hours=sum((each.hours for each in opinions), Decimal(0)),
        is_counsel=text(law, "office.contracts.counsel_tag") in row.tags,
        findings=(
            *judge(facts_of(row, "register", today), law),
            *judge(facts_of(row, "watch", today), law),
        ),
        may_edit=row.state == IN_FORCE and allowed(actor, permissions.EDIT),
    )


def deliverable_page(actor: User, deliverable_id: int) -> DeliverablePage:
    """One deliverable.

    Raises:
        PermissionDenied: the actor sees no contracts.
        InputError: there is none (404).
    """
    row = deliverable_of(actor, deliverable_id)
    subject = events.deliverable_subject(row, row.contract.number)
    options = workflow.available(subject, actor) if row.contract.state == IN_FORCE else ()
    part = _part(row)
    return DeliverablePage(
        row=row,
        contract=row.contract,
        state_label=part.state_label,
        late=part.late,
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=options,
        sheets=tuple(documents(subject)),
        may_deliver=any(each.code == "deliver" and not each.blocked for each in options),
    )


def _part(row: Deliverable) -> Part:
    late = row.due_on < timezone.localdate() and row.state not in (ACCEPTED, "dropped")
    return Part(row, _LABELS[row.state], late)
