"""Surveys for lists and choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.surveys import permissions
from youju.office.surveys.models import Survey

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class SurveyFilter:
    """What narrows the list."""

    text: str = ""
    state: str = ""
    year: int | None = None
    project: str = ""
    tag: str = ""


def surveys(actor: User, wish: SurveyFilter | None = None) -> QuerySet[Survey]:
    """Surveys; ``wish`` narrows them.

    Raises:
        PermissionDenied: the actor sees no surveys.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or SurveyFilter(), Survey.objects.all()
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(Q(number__icontains=word) | Q(title__icontains=word))
    if wish.state:
        rows = rows.filter(state=wish.state)
    if wish.year:
        rows = rows.filter(year=wish.year)
    if wish.project:
        rows = rows.filter(project=wish.project)
    if wish.tag:
        rows = rows.filter(tags__contains=[wish.tag])
    return rows


def one_of(actor: User, survey_id: int) -> Survey:
    """A survey.

    Raises:
        PermissionDenied: the actor sees no surveys.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Survey.objects.filter(pk=survey_id).first() if survey_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这次调查", how="请回到调查列表", status=404)
    return found


def earlier_choices(actor: User) -> list[tuple[int, str]]:
    """Closed surveys to compare with, the latest first; a hundred at most."""
    rows = surveys(actor, SurveyFilter(state="closed")).order_by("-year", "-pk")[:100]
    return [(row.pk, str(row)) for row in rows]


def for_paper(actor: User, number: str) -> Survey | None:
    """The survey of a number, with its questions at hand, for the import of paper sheets."""
    return surveys(actor).filter(number=number).prefetch_related("questions", "channels").first()
