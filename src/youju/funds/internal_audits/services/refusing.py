"""Rules that stop something, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.funds.internal_audits.facts import FindingFacts
from youju.rules.funds.internal_audits.judging import judge


class AuditRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: FindingFacts) -> list[Finding]:
    """What the rules of the day say of a finding without stopping it.

    Raises:
        AuditRefusedError: something stops it.
    """
    return AuditRefusedError.unless_clear(judge(facts, law_on(facts.day)))
