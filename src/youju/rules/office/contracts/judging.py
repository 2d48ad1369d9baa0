"""All rules of contracts over one contract."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.office.contracts import checks
from youju.rules.office.contracts.checks import LawOf
from youju.rules.office.contracts.facts import ContractFacts
from youju.rules.registry import REGISTRY

PREFIX = "CON-"
__all__ = ["checks", "judge"]


def judge(contract: ContractFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(contract, law, day=contract.day, scope="contract", prefix=PREFIX)
