"""All rules PAY-… over one payment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from youju.rules.findings import Finding
from youju.rules.funds.payments import checks
from youju.rules.funds.payments.facts import HoldFacts, PaymentFacts
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, Rule

PREFIX, HOLD = "PAY-", "PAY-005"
__all__ = ["checks", "judge", "judge_hold"]


@lru_cache(maxsize=64)
def _rules(day: date) -> tuple[Rule, ...]:
    return REGISTRY.in_force(day, "payment", PREFIX)


def judge(facts: PaymentFacts, law: Mapping[str, PolicyValue]) -> tuple[Finding, ...]:
    """What the rules in force on the day say: errors refuse the payment, warnings want an explanation.

    Args:
        facts: the payment.
        law: resolved to ``facts.day``.
    """
    return tuple(finding for rule in _rules(facts.day) for finding in rule.findings(facts, law))


def judge_hold(facts: HoldFacts, law: Mapping[str, PolicyValue]) -> tuple[Finding, ...]:
    """What is said of a payment that was judged before and now goes on: whether its project is held."""
    return tuple(REGISTRY.judge(facts, law, day=facts.day, scope="payment", prefix=HOLD))
