"""All rules of contracts over one contract."""

from __future__ import annotations

from youju.rules.findings import Finding, Severity
from youju.rules.office.contracts import checks
from youju.rules.office.contracts.checks import LawOf
from youju.rules.office.contracts.facts import ContractFacts
from youju.rules.registry import REGISTRY

PREFIX = "CON-"
__all__ = ["checks", "judge", "stopping"]


def judge(contract: ContractFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return [
        finding
        for rule in REGISTRY.in_force(contract.day, "contract", PREFIX)
        for finding in rule.findings(contract, law)
    ]


def stopping(findings: list[Finding]) -> list[Finding]:
    """Those that stop it."""
    return [each for each in findings if each.severity is Severity.ERROR]
