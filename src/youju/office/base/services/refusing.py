"""Rules that stop a record, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.base.facts import RecordFacts
from youju.rules.office.base.judging import judge


class BaseRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: RecordFacts) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        BaseRefusedError: something stops it.
    """
    return BaseRefusedError.unless_clear(judge(facts, law_on(facts.day)))
