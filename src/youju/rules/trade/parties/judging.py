"""Judge a filing: every rule PTY-… over its facts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.parties import checks
from youju.rules.trade.parties.facts import FilingFacts
from youju.rules.trade.parties.fields import FIELDS

FAMILY = "PTY-"
SCOPE = "filing"
_PLACE = {field.code: place for place, field in enumerate(FIELDS)}

__all__ = ["FAMILY", "SCOPE", "checks", "errors", "judge", "rules_on"]


def rules_on(law: Mapping[str, PolicyValue]) -> tuple[Rule, ...]:
    """The rules in force under a law; for a plain mapping those that are open-ended."""
    as_of = getattr(law, "as_of", None)
    return REGISTRY.in_force(as_of if isinstance(as_of, date) else None, SCOPE, FAMILY)


def judge(
    facts: FilingFacts, law: Mapping[str, PolicyValue], rules: tuple[Rule, ...] | None = None
) -> list[Finding]:
    """All findings, in the order of the form.

    Args:
        facts: the filing.
        law: the law of the day (``law_on``).
        rules: as ``rules_on`` gives them, for whoever judges thousands.
    """
    found = [finding for rule in rules or rules_on(law) for finding in rule.findings(facts, law)]
    return sorted(found, key=lambda finding: _PLACE.get(str(finding.at.get("field")), len(_PLACE)))


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that bar a filing; warnings are let pass once they are explained."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
