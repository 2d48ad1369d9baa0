"""Lists of projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from youju.foundation.identity.permissions import require
from youju.funds.projects import permissions
from youju.funds.projects.models import Adjustment, Project

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def project_list(
    *, actor: User, year: int | None = None, text: str = "", state: str = ""
) -> QuerySet[Project]:
    """Projects with their ledger, unsorted.

    Raises:
        PermissionDenied: the actor may not see projects.
    """
    require(actor, permissions.VIEW)
    rows = Project.objects.select_related("ledger").annotate(
        initial=F("ledger__initial"),
        budget=F("ledger__budget"),
        reserved=F("ledger__reserved"),
        paid=F("ledger__paid"),
        available=F("ledger__budget") - F("ledger__reserved") - F("ledger__paid"),
    )
    if year:
        rows = rows.filter(year=year)
    if text := text.replace("\0", "").strip():
        rows = rows.filter(Q(code__icontains=text) | Q(name__icontains=text) | Q(section__icontains=text))
    if state:
        rows = rows.filter(state=state)
    return rows


def years() -> list[int]:
    """The fiscal years that have projects, latest first."""
    return list(Project.objects.order_by("-year").values_list("year", flat=True).distinct())


def adjustments_waiting(*, actor: User) -> QuerySet[Adjustment]:
    """Adjustments that wait for a decision.

    Raises:
        PermissionDenied: the actor may not see projects.
    """
    require(actor, permissions.VIEW)
    return Adjustment.objects.filter(state="proposed").select_related("project")
