"""Kinds of questions, the words of the five steps, and the scores that answers give."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

STEPS = 5
"""Steps of a scale; 1 is the worst."""
ALL = ""
"""The tag under which every scale question is counted."""
_PLACES = Decimal("0.00001")


class QuestionKind(StrEnum):
    """What a question asks for."""

    SCALE = "scale"
    ONE = "one"
    MANY = "many"
    TEXT = "text"


KIND_NAMES = {
    QuestionKind.SCALE.value: "五级量表",
    QuestionKind.ONE.value: "单选",
    QuestionKind.MANY.value: "多选",
    QuestionKind.TEXT.value: "文字",
}
TAG_NAMES = {"social": "社会影响", "service": "服务能力", "staff": "人员归属感", "expectation": "企业预期"}
"""The tags that measures ask for; any other tag may be used besides."""

SCALE_WORDS: tuple[tuple[str, str], ...] = (
    ("很不满意", "Very dissatisfied"),
    ("不太满意", "Dissatisfied"),
    ("一般", "Neutral"),
    ("比较满意", "Satisfied"),
    ("很满意", "Very satisfied"),
)
"""What the five steps are called where a question brings no words of its own, worst first; Chinese and English."""


def scaled(step: int) -> Decimal:
    """A step of the scale as a score from 0 to 100: 1 is 0, 5 is 100, a step is 25."""
    return Decimal((step - 1) * 25)


def scores_by_tag(answers: Mapping[int, int], tags: Mapping[int, tuple[str, ...]]) -> dict[str, Decimal]:
    """One sheet's score (0-100, five places) under each tag and under :data:`ALL`: the mean over the tag's questions.

    Args:
        answers: question → step, of scale questions that were answered.
        tags: question → its tags, of all scale questions.
    """
    found: dict[str, list[Decimal]] = {}
    for question, step in answers.items():
        for tag in {ALL, *tags[question]}:
            found.setdefault(tag, []).append(scaled(step))
    return {
        tag: (sum(scores, Decimal(0)) / len(scores)).quantize(_PLACES, ROUND_HALF_UP)
        for tag, scores in sorted(found.items())
    }


def last_day(year: int, quarter: int) -> date:
    """The last day of a quarter (1-4), or of the year (0): the day on which a survey of that period stands."""
    month = quarter * 3 if quarter else 12
    return date(year, month, monthrange(year, month)[1])
