"""A month, and a person's month with its versions, as their pages show them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.office.staff import events, permissions
from youju.office.staff.facts import line_facts, positions_of, terms_of
from youju.office.staff.models import StaffLine, StaffMonth
from youju.office.staff.selectors.lists import line_of, month_of
from youju.rules.findings import Finding
from youju.rules.office.staff.facts import MonthFacts
from youju.rules.office.staff.judging import judge_line, judge_month
from youju.rules.office.staff.lifecycle import CLOSED, STATES

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOST = 500


@dataclass(frozen=True, slots=True)
class MonthPage:
    """A month with its lines (at most 500; the list shows all), what the rules say of it, and what this user may do."""

    month: date
    sheet: StaffMonth
    state_label: str
    lines: tuple[StaffLine, ...]
    total: int
    count: int
    due: Decimal
    paid: Decimal
    findings: tuple[Finding, ...]
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    may_import: bool


@dataclass(frozen=True, slots=True)
class LinePage:
    """A person's month: the version asked for, every version with the latest first, what the rules say of it."""

    row: StaffLine
    current: StaffLine | None
    versions: tuple[StaffLine, ...]
    findings: tuple[Finding, ...]
    closed: bool
    may_correct: bool


def month_page(actor: User, month: date) -> MonthPage:
    """One month. A dozen queries, however many people stand in it.

    Raises:
        PermissionDenied: the actor sees no staff.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    sheet, today = month_of(actor, month), timezone.localdate()
    rows = list(StaffLine.objects.filter(month=month, current=True).order_by("person"))
    subject = events.month_subject(month)
    return MonthPage(
        month=month,
        sheet=sheet,
        state_label=STATES[sheet.state],
        lines=tuple(rows[:_MOST]),
        total=len(rows),
        count=sum(row.on_payroll for row in rows),
        due=sum((row.due for row in rows), Decimal(0)),
        paid=sum((row.paid for row in rows), Decimal(0)),
        findings=_findings(month, rows, today),
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=tuple(
            each for each in workflow.available(subject, actor) if each.code in ("close", "reopen", "keep")
        ),
        may_import=allowed(actor, permissions.IMPORT) and sheet.state != CLOSED,
    )


def line_page(actor: User, line_id: int) -> LinePage:
    """A person's month.

    Raises:
        PermissionDenied: the actor sees no staff.
        InputError: there is none (404).
    """
    row, today = line_of(actor, line_id), timezone.localdate()
    versions = tuple(StaffLine.objects.filter(month=row.month, person=row.person).order_by("-version"))
    current = next((each for each in versions if each.current), None)
    sheet = month_of(actor, row.month)
    law = law_on(today)
    terms = terms_of([row.contract])
    found = (
        *judge_line(line_facts(row, "import", today, terms), law),
        *judge_line(line_facts(row, "watch", today, terms), law),
    )
    return LinePage(
        row=row,
        current=current,
        versions=versions,
        findings=tuple({each.rule: each for each in found}.values()),
        closed=sheet.state == CLOSED,
        may_correct=row.current and sheet.state != CLOSED and allowed(actor, permissions.IMPORT),
    )


def _findings(month: date, rows: list[StaffLine], today: date) -> tuple[Finding, ...]:
    law = law_on(today)
    counted = Counter(row.contract for row in rows if row.on_payroll)
    positions = positions_of({row.contract for row in rows})
    said = [
        finding
        for contract in sorted({row.contract for row in rows})
        for finding in judge_month(
            MonthFacts("import", today, month, True, contract, counted[contract], positions.get(contract)),
            law,
        )
    ]
    if not rows:
        said += judge_month(MonthFacts("watch", today, month, imported=False), law)
    for row in rows[:_MOST]:
        said += judge_line(line_facts(row, "watch", today, {}), law)
    return tuple(said[:20])
