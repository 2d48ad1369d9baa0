"""All rules of packing over one wish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.packing import checks
from youju.rules.trade.packing.facts import PackingFacts

PREFIX = "PAC-"
__all__ = ["checks", "judge"]


@lru_cache(maxsize=64)
def _rules(day: date) -> tuple[Rule, ...]:
    return REGISTRY.in_force(day, "packing", PREFIX)


def judge(facts: PackingFacts, law: Mapping[str, PolicyValue]) -> tuple[Finding, ...]:
    """What the rules in force on the day say; all of them stop the wish.

    Args:
        facts: the wish.
        law: resolved to ``facts.day``.
    """
    return tuple(finding for rule in _rules(facts.day) for finding in rule.findings(facts, law))
