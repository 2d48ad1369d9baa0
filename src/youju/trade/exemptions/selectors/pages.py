"""What the pages of this room show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.findings import Finding
from youju.rules.law import decimal
from youju.rules.trade.exemptions.differences import RATE, tax_at_stake
from youju.rules.trade.exemptions.judging import judge
from youju.rules.trade.exemptions.lifecycle import FILED, ISSUED, OPEN, REPLACED, TAXABLE, TOLD
from youju.rules.trade.exemptions.periods import filing_due, month_of, next_month
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.facts import filing_facts
from youju.trade.exemptions.models import Certificate, CertificateLine, Filing, FilingLine
from youju.trade.exemptions.selectors.lists import certificate_of, filing_of, late_on
from youju.trade.parties.selectors.partners import ids_of_organisation

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class FilingPage:
    """One filing. ``lines`` are the first ``_SHOWN``; ``rate`` is the example rate in per cent, ``stake`` the tax by it."""

    row: Filing
    lines: tuple[FilingLine, ...]
    more: int
    findings: tuple[Finding, ...]
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    versions: tuple[Filing, ...]
    rate: Decimal
    stake: Decimal
    mine: bool


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate with its goods and the files made of it."""

    row: Certificate
    lines: tuple[CertificateLine, ...]
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    files: tuple[DocumentView, ...]
    replacement: Certificate | None
    mine: bool
    may_export: bool


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of the asker's filings: counts and CNY by what is to be done; ``due_on`` by policy."""

    month: date
    due_on: date
    count: int
    amount: Decimal
    open: int
    filed: int
    accepted: int
    missed: int
    unfiled: int

    @property
    def left(self) -> int:
        """What still waits for the filer: open filings, and lines in none."""
        return self.open + self.unfiled


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody finds at ``/exemptions/``: the present month of the tax office's queue, one's own months."""

    months: tuple[MonthLine, ...]
    current: MonthLine
    own: tuple[Filing, ...]
    queue: int
    late: int
    may_file: bool
    may_decide: bool


def filing_page(actor: User, filing_id: int) -> FilingPage:
    """All that a filing's page shows, in a fixed number of queries.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = filing_of(actor, filing_id)
    subject, today = events.subject_of(row), timezone.localdate()
    mine = row.filer_id in _mine(actor) and allowed(actor, permissions.FILE)
    lines = FilingLine.objects.filter(filing=row).order_by("pk")
    law = law_on(today)
    missed = row.state == TAXABLE or (row.state in OPEN and row.due_on < today)
    options = tuple(
        each for each in workflow.available(subject, actor) if mine or each.code not in ("file", "correct")
    )
    return FilingPage(
        row,
        tuple(lines[:_SHOWN]),
        max(0, row.lines_count - _SHOWN),
        tuple(judge(filing_facts(row, "watch", today), law)) if row.state != REPLACED else (),
        workflow.case(subject),
        workflow.milestones(subject),
        workflow.log_of(subject),
        options,
        tuple(Filing.objects.filter(number=row.number).exclude(pk=row.pk).order_by("-version")),
        decimal(law, RATE),
        tax_at_stake(row.amount_cny, law) if missed else Decimal(0),
        mine,
    )


def certificate_page(actor: User, certificate_id: int) -> CertificatePage:
    """All that a certificate's page shows.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = certificate_of(actor, certificate_id)
    subject = events.certificate_subject(row)
    mine = row.agent_id in _mine(actor) and allowed(actor, permissions.FILE)
    options = tuple(each for each in workflow.available(subject, actor) if mine or each.code != "withdraw")
    return CertificatePage(
        row,
        tuple(row.lines.order_by("g_no", "pk")),
        workflow.case(subject),
        workflow.milestones(subject),
        workflow.log_of(subject),
        options,
        tuple(documents(subject)),
        Certificate.objects.filter(replaces=row).first(),
        mine,
        row.state == ISSUED and allowed(actor, permissions.EXPORT),
    )


def home(actor: User, *, most: int = 13) -> Home:
    """Months with filings in the actor's reach, the newest first; of an enterprise those that it files itself come apart.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    today, may_file = timezone.localdate(), allowed(actor, permissions.FILE)
    rows = Filing.objects.exclude(state=REPLACED)
    mine = _mine(actor)
    if may_file:
        rows = rows.filter(filer__in=mine)
    current = next_month(month_of(today), -1)
    by_month = {each["month"]: each for each in _grouped(rows)}
    unfiled = _unfiled_of(mine, current) if may_file else 0
    months = tuple(
        _line(month, by_month[month], unfiled if month == current else 0)
        for month in sorted(by_month, reverse=True)[:most]
    )
    this = next((each for each in months if each.month == current), _line(current, {}, unfiled))
    everything = Filing.objects.all()
    own = rows.filter(state__in=OPEN).order_by("due_on", "consignor_name", "pk")[:50] if may_file else []
    return Home(
        months,
        this,
        tuple(own),
        everything.filter(state=FILED).count(),
        everything.filter(late_on(today)).count(),
        may_file,
        allowed(actor, permissions.CERTIFY),
    )


def open_filings(actor: User, numbers: Iterable[str]) -> list[Filing]:
    """Filings by number that the actor's organisation has in hand. One query."""
    rows = Filing.objects.filter(number__in=list(numbers), state__in=OPEN, filer__in=_mine(actor))
    return list(rows.order_by("pk"))


def _mine(actor: User) -> tuple[int, ...]:
    return ids_of_organisation(actor.organisation_id) if actor.organisation_id else ()


def _unfiled_of(filers: Iterable[int], month: date) -> int:
    from youju.trade.exemptions.selectors.standing import unfiled_between

    return unfiled_between(month, next_month(month)).filter(filer__in=filers).count()


def _grouped(rows: QuerySet[Filing]) -> Iterable[Mapping[str, Any]]:
    today = timezone.localdate()
    return (
        rows.order_by()
        .values("month")
        .annotate(
            count=Count("pk"),
            amount=Sum("amount_cny"),
            open=Count("pk", filter=Q(state__in=OPEN, due_on__gte=today)),
            filed=Count("pk", filter=Q(state=FILED)),
            told=Count("pk", filter=Q(state__in=TOLD)),
            missed=Count("pk", filter=late_on(today)),
        )
    )


def _line(month: date, found: Mapping[str, Any], unfiled: int) -> MonthLine:
    def number(name: str) -> int:
        return int(str(found.get(name) or 0))

    return MonthLine(
        month,
        filing_due(month, law_on(next_month(month))).day,
        number("count"),
        Decimal(str(found.get("amount") or 0)),
        number("open"),
        number("filed"),
        number("told") - number("filed"),
        number("missed"),
        unfiled,
    )
