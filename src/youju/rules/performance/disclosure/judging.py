"""All rules of disclosure over one release."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.performance.disclosure import checks
from youju.rules.performance.disclosure.checks import SCOPE, LawOf
from youju.rules.performance.disclosure.facts import ReleaseFacts
from youju.rules.registry import REGISTRY

__all__ = ["checks", "judge"]


def judge(facts: ReleaseFacts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(facts, law, day=facts.day, scope=SCOPE, prefix="DIS-")
