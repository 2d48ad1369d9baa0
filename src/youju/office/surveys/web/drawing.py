"""A sheet as the page draws it: each question with its choices, what was ticked, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from youju.office.surveys.selectors import Sheet
from youju.office.surveys.web.wording import ENGLISH, words_of
from youju.rules.office.surveys.questions import SCALE_WORDS, QuestionKind
from youju.rules.office.surveys.reading import LONGEST, Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """One circle or box."""

    value: str
    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question."""

    name: str
    place: int
    text: str
    kind: str
    required: bool
    choices: tuple[Choice, ...]
    written: str
    wrong: str


def drawn(
    sheet: Sheet, language: str, given: Mapping[int, Sequence[str]], problems: Mapping[int, Problem]
) -> dict[str, Any]:
    """What the template needs of a sheet in a language; Chinese words stand in where English ones are missing."""
    side = 1 if language == ENGLISH else 0
    words = words_of(language)
    survey = sheet.survey
    questions = []
    for each in sheet.questions:
        sent = [word.strip() for word in given.get(each.pk, ())]
        options = each.options or (SCALE_WORDS if each.kind == QuestionKind.SCALE else ())
        questions.append(
            Drawn(
                name=f"q{each.pk}",
                place=each.place,
                text=(each.text, each.text_en)[side] or each.text,
                kind=each.kind,
                required=each.required,
                choices=tuple(
                    Choice(str(place), option[side] or option[0], str(place) in sent)
                    for place, option in enumerate(options, 1)
                ),
                written=sent[0] if sent and each.kind == QuestionKind.TEXT else "",
                wrong=words[problems[each.pk].value] if each.pk in problems else "",
            )
        )
    return {
        "title": (survey.title, survey.title_en)[side] or survey.title,
        "intro": (survey.intro, survey.intro_en)[side] or survey.intro,
        "closes_on": survey.closes_on,
        "questions": questions,
        "longest": LONGEST,
        "many": any(problems.values()),
    }
