"""Rules that stop a task, said all at once."""

from __future__ import annotations

from datetime import date

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.judging import judge


class TaskRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: TaskFacts, day: date) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        TaskRefusedError: something stops it.
    """
    return TaskRefusedError.unless_clear(judge(facts, law_on(day)))
