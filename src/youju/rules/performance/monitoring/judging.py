"""All rules MON-… over a round and its parts, an order, a suspension."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from youju.rules.findings import Finding
from youju.rules.performance.monitoring import checks
from youju.rules.performance.monitoring.checks import LawOf
from youju.rules.performance.monitoring.facts import (
    OrderFacts,
    ProjectFacts,
    RoundFacts,
    RowFacts,
    SuspensionFacts,
)
from youju.rules.registry import REGISTRY

PREFIX = "MON-"
__all__ = ["checks", "judge", "judge_all"]
_SCOPES: Final = {
    RoundFacts: "monitoring_round",
    ProjectFacts: "monitoring_project",
    RowFacts: "monitoring_row",
    OrderFacts: "rectification",
    SuspensionFacts: "suspension",
}
Facts = RoundFacts | ProjectFacts | RowFacts | OrderFacts | SuspensionFacts


def judge(facts: Facts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says of one thing, by id."""
    return REGISTRY.judge(facts, law, day=facts.day, scope=_SCOPES[type(facts)], prefix=PREFIX)


def judge_all(parts: Iterable[Facts], law: LawOf) -> list[Finding]:
    """The findings about several things, one after the other."""
    return [found for each in parts for found in judge(each, law)]
