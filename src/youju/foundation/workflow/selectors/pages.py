"""What a page shows, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import permissions
from youju.foundation.workflow.models import Absence
from youju.foundation.workflow.selectors.choosing import candidates
from youju.foundation.workflow.selectors.lists import standing_in_for
from youju.foundation.workflow.selectors.todo import TODO_MOST, TodoItem, counted, todo, todo_counts
from youju.foundation.workflow.selectors.views import (
    CaseView,
    Milestone,
    StepView,
    case_of,
    log_of,
    milestones,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class TodoPage:
    """The most urgent items, how many there are in all and late (as ``todo_counts`` counts), and the absences in which the user
    stands in today.
    """

    items: list[TodoItem]
    total: int
    late: int
    standing_in: list[Absence]

    @property
    def total_words(self) -> str:
        """How many there are in all, in words."""
        return counted(self.total)

    @property
    def late_words(self) -> str:
        """How many are late, in words."""
        return counted(self.late)


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case, its way, its log, and to whom this user may hand it."""

    case: CaseView
    milestones: tuple[Milestone, ...]
    log: tuple[StepView, ...]
    candidates: tuple[User, ...]


def todo_page(user: User, *, limit: int = TODO_MOST) -> TodoPage:
    """The to-do list of a user: the ``limit`` most urgent items."""
    total, late = todo_counts(user)
    return TodoPage(todo(user, limit=limit), total, late, standing_in_for(user))


def case_page(case_id: int, user: User) -> CasePage:
    """One case.

    Raises:
        InputError: there is none (404).
    """
    found = case_of(case_id)
    if found is None:
        raise InputError("没有这件事项", how="请回到办理进度", status=404)
    subject = found.subject
    return CasePage(found, milestones(subject), log_of(subject), candidates(case_id, user))


def absence_page(absence_id: int, user: User) -> tuple[Absence, bool]:
    """An absence that concerns the user, or any for who manages them; and whether this user may still end it.

    Raises:
        InputError: there is none that this user may see (404).
    """
    rows = Absence.objects.select_related("user__organisation", "substitute__organisation")
    manages = allowed(user, permissions.MANAGE_ABSENCES)
    if not manages:
        rows = rows.filter(Q(user=user) | Q(substitute=user))
    row = rows.filter(pk=absence_id).first()
    if row is None:
        raise InputError("没有这条离岗登记", how="请回到离岗代理", status=404)
    running = row.ended_at is None and row.last >= timezone.localdate()
    return row, running and (manages or row.user_id == user.pk)
