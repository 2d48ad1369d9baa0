"""Surveys for tests: built, published and answered through the services, as people would."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from youju.foundation.identity.models import User
from youju.office.surveys import services
from youju.office.surveys.models import Channel, Question, Survey
from youju.office.surveys.services import QuestionWish, SurveyWish

QUESTIONS = (
    QuestionWish("scale", "您对态度是否满意？", "Are you satisfied with our manners?", ("service",)),
    QuestionWish("scale", "您对速度是否满意？", "Are you satisfied with our speed?", ("service", "social")),
    QuestionWish("one", "您是谁？", "Who are you?", (), (("商户", "Merchant"), ("企业", "Company")), required=False),
    QuestionWish("many", "用过什么？", "What did you use?", (),
                 (("备案", "Filing"), ("参展", "Fairs"), ("培训", "Training")), required=False),
    QuestionWish("text", "还有什么建议？", "Any suggestions?", required=False),
)  # fmt: skip


def wish(**given: Any) -> SurveyWish:
    """A questionnaire of this year."""
    today = timezone.localdate()
    words: dict[str, Any] = {
        "title": "窗口服务满意度调查",
        "title_en": "Counter service survey",
        "intro": "请说说您的感受。",
        "intro_en": "Please tell us.",
        "year": today.year,
        "closes_on": today + timedelta(days=10),
    }
    return SurveyWish(**(words | given))


def draft(actor: User, questions: Sequence[QuestionWish] = QUESTIONS, **given: Any) -> Survey:
    """A draft with questions."""
    row = services.build_survey(actor=actor, wish=wish(**given))
    for each in questions:
        services.add_question(actor=actor, survey_id=row.pk, wish=each)
    return Survey.objects.get(pk=row.pk)


def channel(actor: User, row: Survey, name: str = "大厅", kind: str = "code") -> Channel:
    """A channel of it."""
    return services.add_channel(actor=actor, survey_id=row.pk, name=name, kind=kind)


def published(
    actor: User,
    head: User,
    count: int = 10,
    questions: Sequence[QuestionWish] = QUESTIONS,
    **given: Any,
) -> tuple[Survey, tuple[str, ...]]:
    """An open survey with one channel and its tokens."""
    row = draft(actor, questions, **given)
    way = channel(actor, row)
    tokens = services.make_tokens(actor=actor, survey_id=row.pk, channel_id=way.pk, count=count)
    services.hand_out(actor=actor, survey_id=row.pk, channel_id=way.pk, count=count)
    services.take_step(actor=actor, survey_id=row.pk, step="submit")
    services.take_step(actor=head, survey_id=row.pk, step="publish")
    return Survey.objects.get(pk=row.pk), tokens


def given_of(row: Survey, *answers: object) -> dict[int, list[str]]:
    """What a sheet sends, by the places of the questions; ``None`` leaves one out."""
    keys = Question.objects.filter(survey=row).order_by("place").values_list("pk", flat=True)
    return {
        key: [str(each) for each in answer] if isinstance(answer, (list, tuple)) else [str(answer)]
        for key, answer in zip(keys, answers, strict=False)
        if answer is not None
    }


def answered(row: Survey, tokens: Sequence[str], *sheets: Sequence[object]) -> None:
    """Sheets sent by one token each."""
    for token, sheet in zip(tokens, sheets, strict=False):
        services.answer(token=token, given=given_of(row, *sheet))


def closed(actor: User, row: Survey) -> Survey:
    """The survey closed by hand."""
    services.take_step(actor=actor, survey_id=row.pk, step="close", reason="收齐了")
    return Survey.objects.get(pk=row.pk)
