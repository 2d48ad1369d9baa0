"""Lists of payments, of files for the bank and of its answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.funds.payments import permissions
from youju.funds.payments.models import BankFile, BankReturn, Payment, ReturnRow
from youju.rules.funds.payments.answers import APPLIED, SILENT
from youju.rules.funds.payments.lifecycle import APPROVED, GONE, PAID, RESERVING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def payments(
    *,
    actor: User,
    text: str = "",
    state: str = "",
    project_id: int | None = None,
    late: bool = False,
    since: date | None = None,
    until: date | None = None,
    outcome: str = "",
) -> QuerySet[Payment]:
    """Payments with their project, unsorted.

    Args:
        actor: who asks.
        text: part of the number, payee, purpose or project code.
        state: a state's code.
        project_id: only of this project.
        late: only those that are due and not paid.
        since: first due day.
        until: last due day.
        outcome: how far the evidence of the outcome has come.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    rows = Payment.objects.select_related("project")
    if text := text.replace("\0", "").strip():
        rows = rows.filter(
            Q(number__icontains=text)
            | Q(payee_name__icontains=text)
            | Q(purpose__icontains=text)
            | Q(project__code__icontains=text)
        )
    if state:
        rows = rows.filter(state=state)
    if project_id:
        rows = rows.filter(project_id=project_id)
    if late:
        rows = rows.filter(state__in=RESERVING, due_on__lt=timezone.localdate())
    if since:
        rows = rows.filter(due_on__gte=since)
    if until:
        rows = rows.filter(due_on__lte=until)
    if outcome:
        rows = rows.filter(state=PAID, outcome="" if outcome == "none" else outcome)
    return rows


def to_send(*, actor: User) -> QuerySet[Payment]:
    """Approved payments, the first due first.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    return Payment.objects.filter(state=APPROVED).select_related("project").order_by("due_on", "pk")


def bank_files(*, actor: User, state: str = "", text: str = "") -> QuerySet[BankFile]:
    """Files for the bank, unsorted, without their contents.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    rows = BankFile.objects.defer("sealed_csv", "sealed_xlsx")
    if state:
        rows = rows.filter(state=state)
    if text := text.replace("\0", "").strip():
        rows = rows.filter(
            Q(number__icontains=text) | Q(pk__in=BankFile.objects.filter(lines__reference__icontains=text))
        )
    return rows


def bank_returns(*, actor: User) -> QuerySet[BankReturn]:
    """Files of the bank's answers that were read, unsorted.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    return BankReturn.objects.all()


def odd_answers() -> QuerySet[ReturnRow]:
    """Answers of the bank that wait for a person, oldest first."""
    rows = ReturnRow.objects.exclude(verdict__in=[*APPLIED, *SILENT]).filter(settled_at=None)
    return rows.select_related("source").order_by("pk")


def alive_of_batch(batch_id: int) -> int:
    """How many payments of a batch are neither paid nor gone."""
    return Payment.objects.filter(batch_id=batch_id).exclude(state__in=[*GONE, PAID]).count()


def counts(*, actor: User) -> dict[str, int]:
    """How many payments stand in each state, for the head of the list.

    Raises:
        PermissionDenied: the actor may not see payments.
    """
    require(actor, permissions.VIEW)
    rows = Payment.objects.exclude(state__in=[*GONE, PAID]).values_list("state").order_by("state")
    return dict(rows.annotate(count=Count("pk")))
