"""Filings, certificates, invoices and released lines for lists; row-level security says whose rows an asker reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.exemptions.lifecycle import FILED, OPEN, REPLACED, TAXABLE
from youju.trade.exemptions import permissions
from youju.trade.exemptions.models import (
    BoardLine,
    Certificate,
    Filing,
    Invoice,
    QuarterReport,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class FilingFilter:
    """What narrows filings; empty: everything but what a correction replaced. ``only``: ``late``, ``queue``."""

    text: str = ""
    state: str = ""
    month: date | None = None
    only: str = ""


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """What narrows released lines, by days of release too.

    ``lacks``: ``filing``, ``acceptance``, ``receipt``, ``invoice``, ``certificate``.
    """

    text: str = ""
    lacks: str = ""
    since: date | None = None
    until: date | None = None
    agent: int | None = None


def filings(actor: User, wish: FilingFilter | None = None) -> QuerySet[Filing]:
    """Filings in the actor's reach.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or FilingFilter(), Filing.objects.all()
    for word in _words(wish.text):
        rows = rows.filter(
            Q(number__icontains=word) | Q(consignor_name__icontains=word) | Q(filer_name__icontains=word)
        )
    rows = rows.filter(state=wish.state) if wish.state else rows.exclude(state=REPLACED)
    if wish.month:
        rows = rows.filter(month=wish.month.replace(day=1))
    if wish.only == "late":
        rows = rows.filter(late_on(timezone.localdate()))
    if wish.only == "queue":
        rows = rows.filter(state=FILED)
    return rows


def late_on(day: date) -> Q:
    """Filings that were missed: taxable, or open past their day."""
    return Q(state=TAXABLE) | Q(state__in=OPEN, due_on__lt=day)


def filing_of(actor: User, filing_id: int) -> Filing:
    """A filing that the actor may see.

    Raises:
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    return _one(Filing.objects.all(), filing_id, "没有这份免税申报")


def certificates(actor: User, *, text: str = "", state: str = "") -> QuerySet[Certificate]:
    """Agency export certificates in the actor's reach.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    rows = Certificate.objects.all()
    for word in _words(text):
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(tax_number__icontains=word)
            | Q(consignor_name__icontains=word)
            | Q(agent_name__icontains=word)
            | Q(declaration__icontains=word)
        )
    return rows.filter(state=state) if state else rows


def certificate_of(actor: User, certificate_id: int) -> Certificate:
    """A certificate that the actor may see.

    Raises:
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    return _one(Certificate.objects.all(), certificate_id, "没有这份证明")


def invoices(actor: User, *, text: str = "") -> QuerySet[Invoice]:
    """Invoices in the actor's reach.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    rows = Invoice.objects.all()
    for word in _words(text):
        rows = rows.filter(
            Q(number__icontains=word) | Q(consignor_name__icontains=word) | Q(order_number__icontains=word)
        )
    return rows


def reports(actor: User, *, quarter: str = "") -> QuerySet[QuarterReport]:
    """Submitted quarterly tables in the actor's reach.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    rows = QuarterReport.objects.all()
    return rows.filter(quarter=quarter) if quarter else rows


def board_lines(actor: User, wish: BoardFilter | None = None) -> QuerySet[BoardLine]:
    """Released lines with what was done about them, in the actor's reach.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or BoardFilter(), BoardLine.objects.all()
    for word in _words(wish.text):
        rows = rows.filter(
            Q(declaration__icontains=word)
            | Q(entry_number=word)
            | Q(order_number__icontains=word)
            | Q(name__icontains=word)
        )
    if wish.lacks == "filing":
        rows = rows.filter(Q(filing=None) | Q(filing_state__in=(*OPEN, TAXABLE)))
    elif wish.lacks == "acceptance":
        rows = rows.filter(filing_state=FILED)
    elif wish.lacks == "receipt":
        rows = rows.filter(uncollected())
    elif wish.lacks == "invoice":
        rows = rows.filter(invoiced=None)
    elif wish.lacks == "certificate":
        rows = rows.filter(certificate=None, mode="agent")
    if wish.since:
        rows = rows.filter(released_on__gte=wish.since)
    if wish.until:
        rows = rows.filter(released_on__lte=wish.until)
    if wish.agent:
        rows = rows.filter(agent=wish.agent)
    return rows


def uncollected() -> Q:
    """Lines for which nothing has come in yet."""
    return Q(collected=None) | Q(collected=0)


def _words(text: str) -> list[str]:
    return text.replace("\0", "").split()


def _one(rows: QuerySet[Row], key: int, missing: str) -> Row:
    found = rows.filter(pk=key).first() if 0 < key <= _LARGEST else None
    if found is None:
        raise InputError(missing, how="请回到免税申报", status=404)
    return found
