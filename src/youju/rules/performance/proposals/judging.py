"""All rules PRO-… over a proposed row, a document under audit, an auditor's mark."""

from __future__ import annotations

from typing import Final

from youju.rules.findings import Finding
from youju.rules.performance.proposals import checks
from youju.rules.performance.proposals.checks import LawOf
from youju.rules.performance.proposals.facts import AuditCase, MarkFacts, ProposalFacts
from youju.rules.registry import REGISTRY

PREFIX = "PRO-"
__all__ = ["checks", "judge"]
_SCOPES: Final = {ProposalFacts: "proposal_row", AuditCase: "target_audit", MarkFacts: "audit_mark"}


def judge(facts: ProposalFacts | AuditCase | MarkFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(facts, law, day=facts.day, scope=_SCOPES[type(facts)], prefix=PREFIX)
