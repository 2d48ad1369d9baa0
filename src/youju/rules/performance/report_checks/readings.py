"""How a figure is understood, and what kinds a unit may have."""

from __future__ import annotations

from dataclasses import dataclass

from youju.rules.performance.report_checks.clauses import Sentence
from youju.rules.performance.report_checks.facts import Fact, Figure, Kind
from youju.rules.performance.report_checks.index import Subjects
from youju.rules.performance.report_checks.measuring import (
    BARE,
    COUNT,
    DOLLARS,
    MARKS,
    MONEY,
    PERCENT,
    POINTS,
    dimension,
)
from youju.rules.performance.report_checks.times import WHOLE

FITS = {
    MONEY: {Kind.BUDGET, Kind.ADJUSTED, Kind.EXECUTED, Kind.BALANCE, Kind.PLAN, Kind.TARGET, Kind.ACTUAL},
    DOLLARS: {Kind.TARGET, Kind.ACTUAL},
    PERCENT: {Kind.RATE, Kind.SHARE, Kind.TARGET, Kind.ACTUAL, Kind.DEGREE, Kind.CHANGE},
    POINTS: {Kind.RATE, Kind.TARGET, Kind.ACTUAL, Kind.DEGREE, Kind.CHANGE},
    COUNT: {Kind.TARGET, Kind.ACTUAL, Kind.COUNT},
    MARKS: {Kind.SCORE, Kind.WEIGHT, Kind.TARGET, Kind.ACTUAL},
    BARE: set(Kind) - {Kind.GRADE, Kind.CHANGE},
}
MONEY_KINDS = (Kind.BUDGET, Kind.ADJUSTED, Kind.EXECUTED)
SIDES = (Kind.TARGET, Kind.ACTUAL)
OF_ROW = (Kind.TARGET, Kind.ACTUAL, Kind.DEGREE, Kind.SCORE, Kind.WEIGHT, Kind.GRADE)
LEAST_ITEMS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How a figure is understood. ``facts`` are what it should agree with (any); none: ``why`` says what is missing.

    ``uncertain`` figures (a part, a batch, somebody else's) are judged only in so far as they agree.
    """

    figure: Figure
    subjects: Subjects = frozenset()
    kind: Kind | None = None
    label: str = ""
    year: int = 0
    period: str = WHOLE
    facts: tuple[Fact, ...] = ()
    base: tuple[Fact, ...] = ()
    against: str = ""
    falling: bool = False
    uncertain: str = ""
    why: str = ""
    seen: frozenset[str] = frozenset()


def alike_figures(left: Figure, right: Figure) -> bool:
    """Whether two figures are of one sort of unit."""
    return dimension(left.unit) == dimension(right.unit)


def between(sentence: Sentence, start: int, end: int) -> str:
    """The text of a sentence between two places of its passage."""
    return sentence.text[max(0, start - sentence.start) : max(0, end - sentence.start)]
