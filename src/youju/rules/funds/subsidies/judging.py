"""All rules SUB-… of a kind of case, in the order of their ids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding
from youju.rules.funds.subsidies import checks
from youju.rules.funds.subsidies.cases import PartyCase, TextCase
from youju.rules.funds.subsidies.facts import PartyFacts
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY

__all__ = ["checks", "judge", "judge_text"]
PARTY, TEXT, FAMILY = "subsidy", "policy", "SUB-"
_NO_LAW: Mapping[str, PolicyValue] = {}


def judge(policy: PolicyText, facts: PartyFacts) -> tuple[Finding, ...]:
    """What keeps a party from a policy, wholly (errors) or in part; the rules of the day judged, by default the window's first.

    These rules need no law: everything they ask for stands in the policy itself.
    """
    case, day = PartyCase(policy, facts), facts.judged_on or policy.window.start
    return tuple(REGISTRY.judge(case, _NO_LAW, day=day, scope=PARTY, prefix=FAMILY))


def judge_text(case: TextCase, law: Mapping[str, PolicyValue], day: date | None) -> tuple[Finding, ...]:
    """What a policy's text should be mended in before it is issued."""
    return tuple(REGISTRY.judge(case, law, day=day, scope=TEXT, prefix=FAMILY))
