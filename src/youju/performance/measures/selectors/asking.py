"""From bindings to questions for the engines, all of a document at once, and back to the value of each binding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings

from youju.analytics.answers import Question, ask_questions
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.foundation.metrics.many import engine_over
from youju.performance.measures.models import Binding

SURVEYS = "surveys."
"""Metrics whose result tells its sample beside the value."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an engine said of one question: the value or why there is none, and when its rows were true."""

    value: Decimal | None
    reason: str
    as_of: datetime | None


Readings = Mapping[Question, Reading]
Asker = Callable[[Sequence[Question]], Readings]


def ask_engines(questions: Sequence[Question]) -> dict[Question, Reading]:
    """Ask them all, in one pass over as few engines as there are."""
    answers = ask_questions(questions, settings.PILOT, engine_over)
    return {each: Reading(found.value, found.result.reason, found.as_of) for each, found in answers.items()}


def terms_of(metric: str) -> list[str]:
    """The codes of a binding's metric: one, or those whose values add up."""
    return [code.strip() for code in metric.split("+") if code.strip()]


def given_to(code: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """Those of a binding's parameters that a metric knows."""
    known = metrics()[code].parameters
    return {name: value for name, value in parameters.items() if name in known}


def questions_of(binding: Binding, period: Period) -> list[Question]:
    """What a binding asks about a period; nothing where it is attested or names a metric that is no more."""
    codes = terms_of(binding.metric)
    if any(code not in metrics() for code in codes):
        return []
    return [Question.of(code, period, given_to(code, binding.parameters)) for code in codes]


def total(questions: Sequence[Question], readings: Readings) -> Reading:
    """The readings of a binding's terms as one: their sum, or the reason of the first that has none."""
    found = [readings[each] for each in questions]
    as_of = min((each.as_of for each in found if each.as_of is not None), default=None)
    for each in found:
        if each.value is None:
            return Reading(None, each.reason, as_of)
    reason = "；".join(dict.fromkeys(each.reason for each in found if each.reason))
    return Reading(sum((each.value for each in found if each.value is not None), Decimal(0)), reason, as_of)


def unit_of(binding: Binding) -> str:
    """The unit of a binding's value: of its first metric."""
    codes = [code for code in terms_of(binding.metric) if code in metrics()]
    return metrics()[codes[0]].unit if codes else ""


def distinct(questions: Iterable[Question]) -> list[Question]:
    """Each once, in order."""
    return list(dict.fromkeys(questions))
