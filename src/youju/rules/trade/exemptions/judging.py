"""All rules of exemptions over one filing, certificate, quarter or invoice."""

from __future__ import annotations

from youju.rules.findings import Finding
from youju.rules.registry import REGISTRY
from youju.rules.trade.exemptions import checks
from youju.rules.trade.exemptions.checks import LawOf
from youju.rules.trade.exemptions.facts import CertificateFacts, FilingFacts, InvoiceFacts, QuarterFacts

PREFIX = "EXM-"
__all__ = ["checks", "judge"]

Facts = FilingFacts | CertificateFacts | QuarterFacts | InvoiceFacts
_SCOPES = {
    FilingFacts: "exemption",
    CertificateFacts: "certificate",
    QuarterFacts: "consignor_report",
    InvoiceFacts: "invoice",
}


def judge(facts: Facts, law: LawOf) -> list[Finding]:
    """What every rule in force says, by id; of a quarter, those in force on its last day."""
    day = facts.last_day if isinstance(facts, QuarterFacts) else facts.day
    found = REGISTRY.judge(facts, law, day=day, scope=_SCOPES[type(facts)], prefix=PREFIX)
    return sorted(found, key=lambda each: each.rule)
