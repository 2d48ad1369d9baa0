"""What a policy file says, as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import Law, PolicyValue


@dataclass(frozen=True, slots=True)
class Article:
    """One passage of a source that a policy or a rule may cite as ``source#id``."""

    id: str
    read: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Source:
    """A legal text, a published form or the house's own practice; ``verified``: read in the text itself."""

    id: str
    number: str
    issuer: str
    title: str
    kind: str
    issued: date | None
    in_force: date | None
    read: str
    verified: bool
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value and the half-open range of days ``[start, end)`` in which it is in force."""

    start: date
    end: date | None
    value: PolicyValue
    source: str
    verified: bool
    note: str = ""
    gap_reason: str = ""

    def covers(self, day: date) -> bool:
        """Whether the value is in force on a day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy id, its dated values oldest first; ``type`` is integer, decimal, text, list or table."""

    id: str
    label: str
    unit: str
    kind: str
    type: str
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """The dated value in force on a day, or ``None``."""
        return next((value for value in self.values if value.covers(day)), None)


@dataclass(frozen=True, slots=True)
class PolicySet:
    """Every policy and source, with the hash over all their bytes; ``subsidies`` are the subsidy policies by code."""

    policies: Mapping[str, Policy]
    sources: Mapping[str, Source]
    hash: str
    subsidies: Mapping[str, PolicyText] = field(default_factory=dict)

    def law_on(self, day: date) -> Law:
        """The law of a day."""
        found = {policy.id: dated.value for policy in self.policies.values() if (dated := policy.on(day))}
        dormant = frozenset(self.policies) - frozenset(found)
        return Law(found, as_of=day, hash=self.hash, dormant=dormant)

    def cited(self, reference: str) -> Source | Article | None:
        """What ``source`` or ``source#article`` points at, or ``None`` if there is no such thing."""
        name, _, article = reference.partition("#")
        source = self.sources.get(name)
        if source is None or not article:
            return source
        return source.articles.get(article)
