"""Rules that stop something, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.performance.monitoring.judging import Facts, judge


class MonitoringRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: Facts) -> list[Finding]:
    """What the rules of the day say without stopping it.

    Raises:
        MonitoringRefusedError: something stops it.
    """
    return MonitoringRefusedError.unless_clear(judge(facts, law_on(facts.day)))
