"""The decision: every rule REC-… over the facts of one good, under the law of its day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.goods import checks
from youju.rules.trade.goods.facts import Facts

FAMILY = "REC-"
SCOPE = "good"
CONFIRMED = "trade.goods.confirmed_rules"
"""Policy: the rules whose explanation an officer confirms."""
OUTCOMES = {"recognised": "予以认定", "explain": "须说明", "refused": "不予认定"}
"""From light to heavy."""
__all__ = [
    "CONFIRMED",
    "FAMILY",
    "OUTCOMES",
    "Recognition",
    "checks",
    "family_policies",
    "outcome_of",
    "recognise",
]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the rules say of a good: ``recognised``, ``refused`` (a hard finding) or ``explain`` (soft ones)."""

    outcome: str
    findings: tuple[Finding, ...]

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """The rules that spoke, hints included, by id, each once."""
        return tuple(dict.fromkeys(finding.rule for finding in self.findings))

    @property
    def soft(self) -> tuple[str, ...]:
        """The rules whose findings want an explanation."""
        return tuple(dict.fromkeys(each.rule for each in self.findings if each.severity is Severity.WARNING))


def recognise(facts: Facts, law: Mapping[str, PolicyValue]) -> Recognition:
    """Decide on a good.

    Args:
        facts: as they stood on ``facts.as_of``.
        law: the law of that day (``law_on``), or with values that an officer tries.

    Raises:
        ValueError: no rule of recognition was in force on the day: silence of the law is no recognition.
        UnknownPolicyError: the law lacks a value that a rule declares as its parameter.
    """
    rules = _in_force(facts.as_of)
    if not rules:
        raise ValueError(f"{facts.as_of.isoformat()} 还没有商品认定规则")
    found = tuple(finding for rule in rules for finding in rule.findings(facts, law))
    return Recognition(outcome_of(found), found)


def outcome_of(findings: tuple[Finding, ...]) -> str:
    """The outcome that findings lead to: a hard one refuses, a soft one asks for an explanation, a hint does neither."""
    weights = {finding.severity for finding in findings}
    if Severity.ERROR in weights:
        return "refused"
    return "explain" if Severity.WARNING in weights else "recognised"


def family_policies() -> tuple[str, ...]:
    """Ids of the policies that decide in this family: parameters of any of its rules. What an officer may try."""
    return tuple(
        sorted({name for rule in REGISTRY if rule.id.startswith(FAMILY) for name in rule.parameters})
    )


@lru_cache(maxsize=512)
def _in_force(day: date) -> tuple[Rule, ...]:
    return REGISTRY.in_force(day, SCOPE, FAMILY)
