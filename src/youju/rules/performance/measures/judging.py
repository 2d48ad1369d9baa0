"""What the rules MSR-… say of a binding or of what is signed."""

from __future__ import annotations

from collections.abc import Mapping

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue
from youju.rules.performance.measures import checks
from youju.rules.performance.measures.facts import BindingFacts, SignedFacts
from youju.rules.registry import REGISTRY

PREFIX = "MSR-"
__all__ = ["checks", "judge"]


def judge(facts: BindingFacts | SignedFacts, law: Mapping[str, PolicyValue]) -> list[Finding]:
    """What every rule in force on the facts' day says, by id."""
    scope = "binding" if isinstance(facts, BindingFacts) else "statement"
    return REGISTRY.judge(facts, law, day=facts.day, scope=scope, prefix=PREFIX)
