"""The sheet behind a token, for whoever holds it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from youju.office.surveys.models import Question, Survey, Token
from youju.rules.office.surveys.lifecycle import OPEN
from youju.rules.office.surveys.reading import Asked

Gone = Literal["used", "unknown", "waiting", "over"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be answered, in its order."""

    survey: Survey
    questions: tuple[Question, ...]


def asked_of(survey: int) -> tuple[Asked, ...]:
    """The questions of a survey as they are answered. One query."""
    rows = Question.objects.filter(survey=survey).order_by("place")
    return tuple(Asked(each.pk, each.kind, len(each.options), each.required) for each in rows)


def sheet_of(token: str) -> Sheet | Gone:
    """The sheet, or why there is none. Two queries."""
    digest = hashlib.sha256(token.strip().upper().encode()).hexdigest()
    row = Token.objects.select_related("survey").filter(digest=digest).first()
    if row is None:
        return "unknown"
    if row.used:
        return "used"
    survey = row.survey
    if survey.state != OPEN:
        return "waiting"
    if survey.closes_on < timezone.localdate():
        return "over"
    return Sheet(survey, tuple(survey.questions.all()))


def preview_of(survey: Survey) -> Sheet:
    """The sheet as it would be shown, for those who build it."""
    return Sheet(survey, tuple(survey.questions.all()))
