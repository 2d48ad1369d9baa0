"""A survey as the rules SVY-… look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from youju.rules.office.surveys.questions import QuestionKind

Moment = Literal["publish", "watch", "result"]


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question; ``options``: Chinese and English words of each, those of a scale worst first (none: the usual ones)."""

    place: int
    kind: str
    text: str
    text_en: str
    tags: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    @property
    def is_scale(self) -> bool:
        """Whether it gives a score."""
        return self.kind == QuestionKind.SCALE


@dataclass(frozen=True, slots=True)
class SurveyFacts:
    """One survey at one moment.

    Args:
        moment: as it is sent to be published and published, by the nightly round while it is open, as its result is read.
        day: of looking.
        title, title_en, intro, intro_en: its words.
        period_end: the last day of the period that it asks about.
        closes_on: the last day for answers.
        project: code of the project; empty for none.
        questions: in their order.
        reached: people who can answer: tokens made and paper sheets handed out.
        handed_out: of these, how many were handed out by what the channels say.
        answered: sheets that came back.
        builders: usernames of those who wrote in it.
        actor: username of who publishes.
    """

    moment: Moment
    day: date
    title: str
    title_en: str
    intro: str
    intro_en: str
    period_end: date
    closes_on: date
    project: str = ""
    questions: tuple[QuestionFacts, ...] = ()
    reached: int = 0
    handed_out: int = 0
    answered: int = 0
    builders: tuple[str, ...] = ()
    actor: str = ""
