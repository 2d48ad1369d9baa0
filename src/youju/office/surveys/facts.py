"""A survey as the rules SVY-… look at it."""

from __future__ import annotations

from datetime import date

from youju.office.surveys.models import Survey
from youju.office.surveys.selectors.counting import Standing, standing_of
from youju.rules.office.surveys.channels import CODE
from youju.rules.office.surveys.facts import Moment, QuestionFacts, SurveyFacts
from youju.rules.office.surveys.questions import last_day


def facts_of(
    row: Survey, moment: Moment, day: date, *, actor: str = "", standing: Standing | None = None
) -> SurveyFacts:
    """A saved survey with its questions and channels. Three queries, two where its ``standing`` is known."""
    known = standing or standing_of(row)
    return SurveyFacts(
        moment=moment,
        day=day,
        title=row.title,
        title_en=row.title_en,
        intro=row.intro,
        intro_en=row.intro_en,
        period_end=last_day(row.year, row.quarter),
        closes_on=row.closes_on,
        project=row.project,
        questions=tuple(
            QuestionFacts(
                place=each.place,
                kind=each.kind,
                text=each.text,
                text_en=each.text_en,
                tags=tuple(each.tags),
                options=tuple((zh, en) for zh, en in each.options),
            )
            for each in row.questions.all()
        ),
        reached=sum(
            each.channel.made if each.channel.kind == CODE else each.channel.handed_out
            for each in known.channels
        ),
        handed_out=known.handed_out,
        answered=known.answered,
        builders=tuple(row.builders),
        actor=actor,
    )
