"""All rules of surveys over one survey."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.office.surveys import checks
from youju.rules.office.surveys.checks import LawOf
from youju.rules.office.surveys.facts import SurveyFacts
from youju.rules.registry import REGISTRY

PREFIX = "SVY-"
__all__ = ["checks", "judge"]


def judge(survey: SurveyFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(survey, law, day=survey.day, scope="survey", prefix=PREFIX)
