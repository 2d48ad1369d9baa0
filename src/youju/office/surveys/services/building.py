"""A questionnaire: begun, copied from an earlier one, put right while nobody has published it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import start
from youju.office.surveys import events, permissions
from youju.office.surveys.models import Channel, Question, Survey, SurveySeries
from youju.office.surveys.selectors.lists import one_of
from youju.rules.office.surveys.lifecycle import DRAFT, DROPPED, OPEN, SURVEY_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NAMES = ("title", "title_en", "intro", "intro_en", "year", "quarter", "project", "closes_on")
_TAG = 20


@dataclass(frozen=True, slots=True)
class SurveyWish:
    """A questionnaire as it is to stand. ``quarter`` 0: the whole year; ``closes_on`` is the last day for answers."""

    title: str
    year: int
    closes_on: date
    title_en: str = ""
    intro: str = ""
    intro_en: str = ""
    quarter: int = 0
    project: str = ""
    tags: tuple[str, ...] = ()
    previous: int | None = None


@transaction.atomic
def build_survey(*, actor: User, wish: SurveyWish) -> Survey:
    """Begin a questionnaire.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: an earlier survey that is not there (404), a tag that cannot be kept.
    """
    require(actor, permissions.EDIT)
    row = _begun(actor, wish)
    record(events.BUILT, events.subject_of(row), None, told(row))
    return row


@transaction.atomic
def copy_survey(*, actor: User, survey_id: int) -> Survey:
    """Begin the next year's questionnaire from an earlier one: its words, questions and channels, no tokens and no answers.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: none of the kind (404).
    """
    require(actor, permissions.EDIT)
    old = one_of(actor, survey_id)
    year = old.year + 1
    wish = SurveyWish(
        title=old.title.replace(str(old.year), str(year)),
        title_en=old.title_en.replace(str(old.year), str(year)),
        intro=old.intro.replace(str(old.year), str(year)),
        intro_en=old.intro_en.replace(str(old.year), str(year)),
        year=year,
        quarter=old.quarter,
        project=old.project,
        tags=tuple(old.tags),
        closes_on=timezone.localdate() + timedelta(days=30),
        previous=old.pk,
    )
    row = _begun(actor, wish)
    names = ("place", "kind", "text", "text_en", "tags", "options", "required")
    Question.objects.bulk_create(
        Question(survey=row, **{name: getattr(each, name) for name in names}) for each in old.questions.all()
    )
    Channel.objects.bulk_create(
        Channel(survey=row, name=each.name, kind=each.kind) for each in old.channels.all()
    )
    record(events.COPIED, events.subject_of(row), None, told(row) | {"previous": old.number})
    return row


@transaction.atomic
def change_survey(*, actor: User, survey_id: int, wish: SurveyWish, revision: int | None) -> Survey:
    """Put a questionnaire right while it is a draft; of an open one only the last day may be put off.

    Raises:
        PermissionDenied: the actor builds no surveys.
        InputError: none of the kind (404); it is no draft or was changed meanwhile (409); a tag that cannot be kept.
    """
    require(actor, permissions.EDIT)
    row = drafted(actor, survey_id)
    if revision is not None and row.revision != revision:
        raise InputError(f"{row.number} 刚被改过", how="请刷新页面，看过最新内容再改", status=409)
    before = told(row)
    _put(row, actor, wish)
    gone, new = changes(before, told(row))
    if gone or new:
        touched(row, actor)
        record(events.CHANGED, events.subject_of(row), gone, new)
    return row


@transaction.atomic
def put_off(*, actor: User, survey_id: int, closes_on: date) -> Survey:
    """Give an open survey another last day, today or later.

    Raises:
        PermissionDenied: the actor publishes no surveys.
        InputError: none of the kind (404), it is not open (409), a day that has passed.
    """
    require(actor, permissions.PUBLISH)
    row = locked(actor, survey_id)
    if row.state != OPEN:
        raise InputError(f"{row.number} 不在答卷中", how="只有答卷中的调查才改截止日期", status=409)
    if closes_on < timezone.localdate():
        raise InputError("截止日期已经过了", where="截止日期", how="请填今天或以后的日子")
    before, row.closes_on, row.reminded_on = row.closes_on, closes_on, None
    row.save(update_fields=["closes_on", "reminded_on"])
    record(events.PUT_OFF, events.subject_of(row), {"closes_on": before}, {"closes_on": closes_on})
    return row


def locked(actor: User, survey_id: int) -> Survey:
    """A survey under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = one_of(actor, survey_id)
    return Survey.objects.select_for_update().get(pk=seen.pk)


def drafted(actor: User, survey_id: int) -> Survey:
    """A draft under lock.

    Raises:
        InputError: there is none (404), or it is no draft (409).
    """
    row = locked(actor, survey_id)
    if row.state != DRAFT:
        raise InputError(f"{row.number} 不在起草中", how="已送审的请先撤回；已发布的不能再改题目", status=409)
    return row


def alive(row: Survey) -> None:
    """Stop what is done to a survey that is over.

    Raises:
        InputError: it is (409).
    """
    if row.closed_on or row.state == DROPPED:
        raise InputError(f"{row.number} 已经结束", how="不能再办理", status=409)


def touched(row: Survey, actor: User) -> None:
    """Note that somebody wrote in the questionnaire: that person does not publish it."""
    row.revision += 1
    row.builders = sorted({*row.builders, actor.username})
    row.save()


def told(row: Survey) -> dict[str, Any]:
    """A questionnaire for the trail."""
    return {name: value for name in (*_NAMES, "tags") if (value := getattr(row, name)) not in ("", [], None)}


def clean_tags(tags: tuple[str, ...]) -> list[str]:
    """Tags as they are kept.

    Raises:
        InputError: one is too long or holds a bar.
    """
    for tag in tags:
        if not tag.strip() or len(tag.strip()) > _TAG or "|" in tag:
            raise InputError(f"标签“{tag[:30]}”不能用", where="标签", how=f"至多 {_TAG} 个字，不含竖线")
    return list(dict.fromkeys(tag.strip() for tag in tags))


def _begun(actor: User, wish: SurveyWish) -> Survey:
    row = Survey(number=next_number(wish.year), created_by=actor.username, builders=[actor.username])
    _put(row, actor, wish)
    row.save(force_insert=True)
    start(
        flow=SURVEY_FLOW,
        subject=events.subject_of(row),
        actor=actor,
        organisation=actor.organisation.code,
    )
    return row


def _put(row: Survey, actor: User, wish: SurveyWish) -> None:
    for name in _NAMES:
        value = getattr(wish, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.tags = clean_tags(wish.tags)
    row.previous = one_of(actor, wish.previous) if wish.previous else None
    if row.previous_id and row.previous_id == row.pk:
        raise InputError("不能与自己比较", where="上一次调查", how="请另选一次")


def next_number(year: int) -> str:
    """The next number of a year; the series stays locked until the transaction ends, so that none is left out."""
    code = f"MYD{year}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {SurveySeries._meta.db_table} AS series (code, last) VALUES (%s, 1)"  # noqa: S608 - a name of ours
            " ON CONFLICT (code) DO UPDATE SET last = series.last + 1 RETURNING last",
            [code],
        )
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING gives one
    return f"{code}-{row[0]:03d}"
