"""Questions of a draft: added, put right, moved, taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.surveys import events, permissions
from youju.office.surveys.models import Question, Survey
from youju.office.surveys.services.building import clean_tags, drafted, touched
from youju.rules.office.surveys.questions import KIND_NAMES, QuestionKind

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MOST_QUESTIONS, MOST_OPTIONS = 30, 20
_NAMES = ("place", "kind", "text", "text_en", "tags", "options", "required")


@dataclass(frozen=True, slots=True)
class QuestionWish:
    """A question; ``options``: Chinese and English words of each."""

    kind: str
    text: str
    text_en: str = ""
    tags: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    required: bool = True


@transaction.atomic
def add_question(*, actor: User, survey_id: int, wish: QuestionWish) -> Question:
    """Put a question at the end of a draft.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such draft (404, 409), too many questions, or words that cannot be kept.
    """
    require(actor, permissions.EDIT)
    survey = drafted(actor, survey_id)
    count = survey.questions.count()
    if count >= MOST_QUESTIONS:
        raise InputError(f"一份问卷至多 {MOST_QUESTIONS} 题", how="题目太多，答的人会放弃")
    row = Question(survey=survey, place=count + 1)
    _put(row, wish)
    row.save(force_insert=True)
    touched(survey, actor)
    record(events.QUESTION, events.subject_of(survey), None, _told(row))
    return row


@transaction.atomic
def change_question(*, actor: User, survey_id: int, place: int, wish: QuestionWish) -> Question:
    """Put a question of a draft right.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such draft or question (404, 409), or words that cannot be kept.
    """
    require(actor, permissions.EDIT)
    survey = drafted(actor, survey_id)
    row = _one(survey, place)
    before = _told(row)
    _put(row, wish)
    gone, new = changes(before, _told(row))
    if gone or new:
        row.save()
        touched(survey, actor)
        record(events.QUESTION, events.subject_of(survey), gone | {"place": place}, new | {"place": place})
    return row


@transaction.atomic
def move_question(*, actor: User, survey_id: int, place: int, up: bool) -> None:
    """Let a question of a draft change places with its neighbour; at the edge nothing happens.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such draft or question (404, 409).
    """
    require(actor, permissions.EDIT)
    survey = drafted(actor, survey_id)
    row = _one(survey, place)
    other = survey.questions.filter(place=place - 1 if up else place + 1).first()
    if other is None:
        return
    row.place, other.place = other.place, row.place
    Question.objects.bulk_update([row, other], ["place"])
    touched(survey, actor)
    record(
        events.QUESTION, events.subject_of(survey), {"place": place}, {"place": row.place, "text": row.text}
    )


@transaction.atomic
def remove_question(*, actor: User, survey_id: int, place: int) -> None:
    """Take a question out of a draft; those behind it move up.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: no such draft or question (404, 409).
    """
    require(actor, permissions.EDIT)
    survey = drafted(actor, survey_id)
    row = _one(survey, place)
    gone = _told(row)
    row.delete()
    behind = list(survey.questions.filter(place__gt=place))
    for each in behind:
        each.place -= 1
    Question.objects.bulk_update(behind, ["place"])
    touched(survey, actor)
    record(events.QUESTION, events.subject_of(survey), gone, None)


def _one(survey: Survey, place: int) -> Question:
    row = survey.questions.filter(place=place).first() if place < 10_000 else None
    if row is None:
        raise InputError("没有这道题", where=survey.number, how="请刷新页面", status=404)
    return row


def _put(row: Question, wish: QuestionWish) -> None:
    if wish.kind not in KIND_NAMES:
        raise InputError("没有这种题型", where="题型", how="请从列表里选择")
    if len(wish.options) > MOST_OPTIONS:
        raise InputError(f"一道题至多 {MOST_OPTIONS} 个选项", where="选项", how="请合并相近的")
    row.kind, row.required = wish.kind, wish.required
    row.text, row.text_en = wish.text.strip(), wish.text_en.strip()
    row.tags = clean_tags(wish.tags)
    chosen = wish.kind != QuestionKind.TEXT
    row.options = [[zh.strip(), en.strip()] for zh, en in wish.options] if chosen else []


def _told(row: Question) -> dict[str, Any]:
    return {name: value for name in _NAMES if (value := getattr(row, name)) not in ("", [], None)}
