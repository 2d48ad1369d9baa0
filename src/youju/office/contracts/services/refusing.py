"""Rules that stop a contract, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.office.contracts.facts import ContractFacts
from youju.rules.office.contracts.judging import judge


class ContractRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: ContractFacts) -> list[Finding]:
    """What the rules of the day say without stopping it: hints and warnings.

    Raises:
        ContractRefusedError: something stops it.
    """
    return ContractRefusedError.unless_clear(judge(facts, law_on(facts.day)))
