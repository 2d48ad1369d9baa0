"""Rules that stop something, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.trade.exemptions.facts import QuarterFacts
from youju.rules.trade.exemptions.judging import Facts, judge


class ExemptionRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: Facts) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings; of a quarter, those of its last day.

    Raises:
        ExemptionRefusedError: something stops it.
    """
    day = facts.last_day if isinstance(facts, QuarterFacts) else facts.day
    return ExemptionRefusedError.unless_clear(judge(facts, law_on(day)))
