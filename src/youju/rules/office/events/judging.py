"""All rules of events over one event, sign-up, order or step."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.office.events import checks, partaking
from youju.rules.office.events.checks import LawOf
from youju.rules.office.events.facts import DealFacts, EventFacts, SignupFacts, StageFacts
from youju.rules.registry import REGISTRY

PREFIX = "EVT-"
__all__ = ["checks", "judge", "partaking"]

Facts = EventFacts | SignupFacts | DealFacts | StageFacts
_SCOPES = {EventFacts: "event", SignupFacts: "signup", DealFacts: "deal", StageFacts: "stage"}


def judge(facts: Facts, law: LawOf) -> list[Finding]:
    """What every rule in force on the day says, by id."""
    found = REGISTRY.judge(facts, law, day=facts.day, scope=_SCOPES[type(facts)], prefix=PREFIX)
    return sorted(found, key=lambda each: each.rule)
