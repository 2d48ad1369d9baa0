"""All rules of credit over one set of facts."""

from __future__ import annotations

from datetime import date

from youju.rules.findings import Finding
from youju.rules.registry import REGISTRY
from youju.rules.trade.credit import checks
from youju.rules.trade.credit.checks import LawOf
from youju.rules.trade.credit.facts import AppealFacts, ListFacts, PrepaymentFacts, RepairFacts
from youju.rules.trade.credit.policy import CreditPolicy

PREFIX = "CRD-"
_SCOPES = {
    AppealFacts: "credit_appeal",
    RepairFacts: "credit_repair",
    ListFacts: "credit_list",
    PrepaymentFacts: "credit_prepayment",
}
Facts = AppealFacts | RepairFacts | ListFacts | PrepaymentFacts
__all__ = ["Facts", "checks", "judge", "judge_policy"]


def judge(facts: Facts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    return REGISTRY.judge(facts, law, day=facts.day, scope=_SCOPES[type(facts)], prefix=PREFIX)


def judge_policy(policy: CreditPolicy, law: LawOf, day: date) -> list[Finding]:
    """What the rules say of a policy before anybody is scored by it."""
    return REGISTRY.judge(policy, law, day=day, scope="credit_policy", prefix=PREFIX)
