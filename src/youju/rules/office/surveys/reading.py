"""What somebody ticked and wrote on a sheet, read against its questions. The same for the web and for paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from youju.rules.office.surveys.questions import STEPS, QuestionKind

Answer: TypeAlias = "int | list[int] | str"
LONGEST = 1000
"""Characters that a written answer may have."""


class Problem(StrEnum):
    """What is wrong with the answer to one question."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is answered: its key, kind, how many options it has, whether it must be answered."""

    key: int
    kind: str
    options: int
    required: bool


@dataclass(frozen=True, slots=True)
class Read:
    """The answers by question, and the problems by question; blank answers stand in neither."""

    answers: dict[int, Answer]
    problems: dict[int, Problem]


def read(questions: Sequence[Asked], given: Mapping[int, Sequence[str]]) -> Read:
    """The sheet.

    Args:
        questions: all of them.
        given: question → the words sent: the step (1 to 5), the place of an option (from 1), several places, or a text.
    """
    answers: dict[int, Answer] = {}
    problems: dict[int, Problem] = {}
    for question in questions:
        words = [word.strip() for word in given.get(question.key, ()) if word.strip()]
        if not words:
            if question.required:
                problems[question.key] = Problem.MISSING
            continue
        found = _text(words) if question.kind == QuestionKind.TEXT else _places(question, words)
        if isinstance(found, Problem):
            problems[question.key] = found
        else:
            answers[question.key] = found
    return Read(answers, problems)


def _text(words: Sequence[str]) -> Answer | Problem:
    text = words[0].replace("\0", "")
    return Problem.LONG if len(text) > LONGEST else text


def _places(question: Asked, words: Sequence[str]) -> Answer | Problem:
    most = STEPS if question.kind == QuestionKind.SCALE else question.options
    places = sorted({int(word) for word in words if word.isascii() and word.isdecimal() and len(word) <= 3})
    if len(places) != len(words) or not all(1 <= place <= most for place in places):
        return Problem.UNKNOWN
    if question.kind == QuestionKind.MANY:
        return places
    return places[0] if len(places) == 1 else Problem.UNKNOWN
