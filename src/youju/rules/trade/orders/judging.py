"""All rules of orders over one order: what is said, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from youju.rules.findings import Finding, Severity
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.orders import checks
from youju.rules.trade.orders.checks.terms import LawOf
from youju.rules.trade.orders.facts import LineCase, OrderFacts

PREFIX = "ORD-"
__all__ = ["Judgement", "checks", "judge"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules said of an order: hard findings stop it, soft ones want an explanation, hints are only shown."""

    findings: Sequence[Finding]

    @property
    def hard(self) -> tuple[Finding, ...]:
        """What stops the order."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)

    @property
    def soft(self) -> tuple[Finding, ...]:
        """What has to be explained."""
        return tuple(each for each in self.findings if each.severity is Severity.WARNING)

    def unexplained(self, answered: Iterable[tuple[str, int | None]]) -> tuple[Finding, ...]:
        """The soft findings without an explanation; ``answered`` holds (rule id, line or None)."""
        known = set(answered)
        return tuple(each for each in self.soft if (each.rule, each.at.get("line")) not in known)


@lru_cache(maxsize=64)
def _rules(day: date, scope: str) -> tuple[Rule, ...]:
    return REGISTRY.in_force(day, scope, PREFIX)


def judge(order: OrderFacts, law: LawOf) -> Judgement:
    """Ask every rule in force on the day of the deal; findings in the order of head, then lines.

    Args:
        order: the order as entered.
        law: resolved to the day of the deal.
    """
    found = [finding for rule in _rules(order.ordered_on, "order") for finding in rule.findings(order, law)]
    line_rules = _rules(order.ordered_on, "line")
    for line in order.lines:
        case = LineCase(order, line)
        found += [finding for rule in line_rules for finding in rule.findings(case, law)]
    return Judgement(tuple(found))
