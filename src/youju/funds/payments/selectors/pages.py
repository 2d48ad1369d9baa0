"""What the pages of a payment, a bank file and a reading of answers show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Q, Value, When

from youju.foundation.audit.subjects import kind_of
from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.jobs.selectors import RunView
from youju.foundation.jobs.selectors import run as run_of
from youju.foundation.kernel.subjects import Subject
from youju.funds.payments import events, permissions
from youju.funds.payments.models import AuditFinding, BankFile, BankReturn, Instruction, Payment, ReturnRow
from youju.funds.projects.selectors import ContractView, ProjectView, contract_of, project_view
from youju.rules.findings import Finding, Severity
from youju.rules.funds.internal_audits.lifecycle import FINDING_KIND
from youju.rules.funds.payments.answers import APPLIED, SILENT
from youju.rules.funds.payments.lifecycle import DRAFT, KIND, PAID, RETURNED, SENT

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ANSWERS_SHOWN = 500
"""How many answers of a reading its page shows."""


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """A payment with its project, contract, attempts at the bank, papers, what the rules said, and what the asker may do."""

    row: Payment
    project: ProjectView
    contract: ContractView | None
    attempts: Sequence[Instruction]
    evidence: Sequence[Attached]
    outcome: Sequence[Attached]
    findings: Sequence[Finding]
    audit: Sequence[tuple[AuditFinding, str | None]]
    papers: Sequence[DocumentView]
    may_revise: bool
    may_correct: bool
    may_answer: bool
    may_submit: bool
    may_decide: bool
    may_unmask: bool


@dataclass(frozen=True, slots=True)
class BankFilePage:
    """A file for the bank with its lines."""

    row: BankFile
    lines: Sequence[Instruction]
    open: int


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A file of the bank's answers with its first rows, those that wait to be settled before the others; how many more there
    are; how far the job is that books a large one.
    """

    row: BankReturn
    rows: Sequence[ReturnRow]
    more: int
    run: RunView | None


def payment_page(*, actor: User, number: str) -> PaymentPage | None:
    """One payment, or ``None``.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    row = Payment.objects.select_related("batch").filter(number=number.replace("\0", "").strip()).first()
    project = project_view(row.project_id) if row else None
    if row is None or project is None:
        return None
    files = attachments(Subject(KIND, row.number))
    # The page of a finding belongs to a room above; it is known by the kind's name.
    found = kind_of(FINDING_KIND)
    asks, sends = allowed(actor, permissions.REQUEST), allowed(actor, permissions.SEND)
    return PaymentPage(
        row=row,
        project=project,
        contract=contract_of(row.contract_id) if row.contract_id else None,
        attempts=list(row.instructions.select_related("file").order_by("pk")),
        evidence=[each for each in files if each.role == "evidence"],
        outcome=[each for each in files if each.role == "outcome"],
        findings=[_finding(each) for each in row.findings.get("findings", ())],
        audit=[(each, found.page(each.key)) for each in row.audit_findings.all()],
        papers=documents(Subject(KIND, row.number)),
        may_revise=asks and row.state == DRAFT,
        may_correct=asks and row.state == RETURNED,
        may_answer=sends and row.state in (SENT, PAID) and actor.username not in row.approved_by,
        may_submit=asks and row.state == PAID and row.outcome != Payment.Outcome.ACCEPTED,
        may_decide=allowed(actor, permissions.ACCEPT)
        and row.state == PAID
        and row.outcome == Payment.Outcome.SUBMITTED
        and actor.username not in row.outcome_by,
        may_unmask=allowed(actor, permissions.UNMASK),
    )


def paper_of(*, actor: User, number: str, file_id: int) -> Attached | None:
    """One file of a payment, or ``None``.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    row = Payment.objects.filter(number=number.replace("\0", "").strip()).first()
    files = attachments(Subject(KIND, row.number)) if row else []
    return next((each for each in files if each.id == file_id), None)


def bank_file_page(*, actor: User, number: str) -> BankFilePage | None:
    """One file for the bank, or ``None``.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    rows = BankFile.objects.defer("sealed_csv", "sealed_xlsx")
    row = rows.filter(number=number.replace("\0", "").strip()).first()
    if row is None:
        return None
    lines = list(row.lines.select_related("payment").order_by("line"))
    return BankFilePage(row, lines, sum(line.state == "open" for line in lines))


def return_page(*, actor: User, return_id: int) -> ReturnPage | None:
    """One file of the bank's answers, or ``None``; the odd ones first.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    row = BankReturn.objects.filter(pk=return_id).first()
    if row is None:
        return None
    silent = [*APPLIED, *SILENT]
    waits = Case(When(Q(verdict__in=silent) | Q(settled_at__isnull=False), then=Value(1)), default=Value(0))
    answers = row.answers.select_related("instruction__payment").order_by(waits, "line")
    rows = list(answers[:ANSWERS_SHOWN])
    booked = row.applied + row.known + row.odd
    return ReturnPage(
        row, rows, max(0, booked - len(rows)), None if row.done or row.run is None else run_of(row.run)
    )


def _finding(told: dict[str, str]) -> Finding:
    return Finding(
        message=told.get("message", ""),
        suggestion=told.get("suggestion", ""),
        at={"field": told.get("field", "")},
        rule=told.get("rule", ""),
        severity=Severity(told.get("severity", "warning")),
    )


KINDS = {"payment": KIND, "file": events.FILE_KIND, "return": events.RETURN_KIND}
"""Kinds of this room's records, as the trail and the workflow name them."""
