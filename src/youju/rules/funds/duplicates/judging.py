"""Two claims → are they to be looked at, with every reason, its weight and its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from youju.rules.findings import Finding
from youju.rules.funds.duplicates import checks
from youju.rules.funds.duplicates.checks import Pair
from youju.rules.funds.duplicates.facts import Claim
from youju.rules.funds.duplicates.likeness import Comparer, Holders
from youju.rules.funds.duplicates.traits import Preparer, Traits
from youju.rules.funds.duplicates.weighing import Scale
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, Rule

PREFIX, SCOPE = "DUP-", "claims"
_WEIGHED = {"name": "name", "phones": "phone", "legal_person": "person", "address": "address"}
__all__ = ["Hit", "Judge", "Reason", "checks", "judge_two"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in common: the rule, the field of :class:`Claim`, its weight (0 for hard evidence) and both wordings."""

    rule: str
    field: str
    hard: bool
    weight: int
    message: str
    suggestion: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Two claims to be looked at. ``hard``: one thing claimed twice; else ``weight`` reached the threshold."""

    first: str
    second: str
    hard: bool
    weight: int
    reasons: tuple[Reason, ...]


@lru_cache(maxsize=64)
def _rules(day: date) -> tuple[Rule, ...]:
    return REGISTRY.in_force(day, SCOPE, PREFIX)


class Judge:
    """Judges pairs by one law, resolved to ``day``."""

    def __init__(self, law: Mapping[str, PolicyValue], day: date, holders: Holders) -> None:
        self._law, self._day = law, day
        self._comparer, self._scale = Comparer(law, holders), Scale(law)

    def judge(self, one: Traits, other: Traits) -> Hit | None:
        """The hit of two claims, ``None`` where nothing is to be looked at. The smaller id stands first."""
        if one.claim.id == other.claim.id:
            return None
        first, second = sorted((one, other), key=lambda each: each.claim.id)
        likeness = self._comparer.compare(first, second)
        weight = self._scale.weigh(likeness)
        if not weight.listed:
            return None
        pair = Pair(first.claim, second.claim, likeness)
        found = [finding for rule in _rules(self._day) for finding in rule.findings(pair, self._law)]
        reasons = tuple(_reason(each, weight.fields) for each in found)
        return Hit(first.claim.id, second.claim.id, likeness.hard, weight.total, reasons)

    def all_of(self, pairs: Iterable[tuple[Traits, Traits]]) -> Iterator[Hit]:
        """The hits among pairs."""
        for one, other in pairs:
            hit = self.judge(one, other)
            if hit is not None:
                yield hit


def judge_two(one: Claim, other: Claim, law: Mapping[str, PolicyValue], day: date) -> Hit | None:
    """Two claims on their own, as if nobody else held what they hold."""
    preparer = Preparer(law, remembered=0)
    return Judge(law, day, lambda _kind, _value: 2).judge(preparer.traits(one), preparer.traits(other))


def _reason(finding: Finding, fields: Mapping[str, int]) -> Reason:
    field = str(finding.at["field"])
    weighed = _WEIGHED.get(field)
    return Reason(
        rule=finding.rule,
        field=field,
        hard=weighed is None,
        weight=fields.get(weighed, 0) if weighed else 0,
        message=finding.message,
        suggestion=finding.suggestion,
        first=str(finding.at["first"]),
        second=str(finding.at["second"]),
    )
