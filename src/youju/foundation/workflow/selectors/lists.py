"""Rows for the lists of cases, absences and steps."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.models import Absence, Case, Step
from youju.foundation.workflow.selectors.reach import seen
from youju.rules.workflow import working_days_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def cases(*, flow: str = "", state: str = "", text: str = "", only: str = "") -> QuerySet[Case]:
    """The cases for a list, unsorted. ``only``: ``open``, ``late`` or ``done``; ``state`` is a state's code."""
    rows = seen(Case.objects.all())
    if flow:
        rows = rows.filter(flow=flow)
    if state:
        rows = rows.filter(state=state)
    for word in text.replace("\0", "").split():
        rows = rows.filter(label__icontains=word)
    today = timezone.localdate()
    if only == "open":
        rows = rows.filter(finished_at__isnull=True)
    elif only == "late":
        rows = rows.filter(finished_at__isnull=True, due_on__lt=today)
    elif only == "done":
        rows = rows.filter(finished_at__isnull=False)
    return rows


def late(*, flow: str = "", text: str = "") -> QuerySet[Case]:
    """What should have been moved on before today."""
    return cases(flow=flow, text=text, only="late")


def days_late(row: Case) -> int:
    """By how many working days a case is late; 0 when the day passed on days on which nobody works."""
    if row.due_on is None:
        return 0
    return max(0, working_days_between(row.due_on, timezone.localdate(), fixed_holidays()))


def absences(*, user: User | None = None, ended: bool = False) -> QuerySet[Absence]:
    """Absences that are not over, of one person (as absent or as substitute) or of all; with ``ended`` the others too."""
    rows = Absence.objects.select_related("user__organisation", "substitute__organisation")
    if not ended:
        rows = rows.filter(last__gte=timezone.localdate(), ended_at__isnull=True)
    if user is not None:
        rows = rows.filter(Q(user=user) | Q(substitute=user))
    return rows.order_by("first", "pk")


def standing_in_for(user: User) -> list[Absence]:
    """The absences of today in which the user stands in. One query."""
    today = timezone.localdate()
    return list(absences().filter(substitute=user, first__lte=today, user__is_active=True))


def finished_steps(*, since: date, until: date) -> QuerySet[Step]:
    """Steps with a limit that were taken in the period (both days included): the rows behind ``requests.within_limit_rate``."""
    return Step.objects.filter(at__date__gte=since, at__date__lte=until, within_limit__isnull=False)
