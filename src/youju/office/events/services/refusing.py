"""Rules that stop something, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.events.judging import Facts, judge


class EventRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: Facts) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        EventRefusedError: something stops it.
    """
    return EventRefusedError.unless_clear(judge(facts, law_on(facts.day)))
