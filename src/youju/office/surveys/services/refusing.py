"""What stops a survey or an answer, said all at once."""

from __future__ import annotations

from collections.abc import Mapping

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.surveys.facts import SurveyFacts
from youju.rules.office.surveys.judging import judge
from youju.rules.office.surveys.reading import Problem


class SurveyRefusedError(RefusedError):
    """The rules stop it: all that they found."""


class UnansweredError(InputError):
    """A sheet that cannot be taken yet: the problems by question. The token stays good."""

    def __init__(self, problems: Mapping[int, Problem]) -> None:
        self.problems = dict(problems)
        super().__init__(f"有 {len(problems)} 道题没有答好", how="请补答后再交")


class TokenGoneError(InputError):
    """A token that answers nothing: used, unknown, or its survey is not open."""

    def __init__(self) -> None:
        super().__init__("这个码不能答卷", how="它可能已经用过，或者调查已经结束", status=410)


def checked(facts: SurveyFacts) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        SurveyRefusedError: something stops it.
    """
    return SurveyRefusedError.unless_clear(judge(facts, law_on(facts.day)))
